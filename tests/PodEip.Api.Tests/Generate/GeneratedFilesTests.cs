using PodEip.Dev;
using PodEip.Dev.Generate;
using Xunit;

namespace PodEip.Api.Tests.Generate;

public sealed class GeneratedFilesTests
{
    [Fact]
    public void Generated_files_are_what_their_types_say() =>
        Assert.All(GeneratedFile.All(), file =>
        {
            var drift = file.Drift(Checkout.Root);
            Assert.True(drift.Count == 0, $"{file.Path} is not what its types say; run: podeip-dev generate\n{string.Join('\n', drift)}");
        });

    [Fact]
    public void A_drift_is_shown_line_by_line_and_writing_ends_it()
    {
        var root = Directory.CreateTempSubdirectory("podeip-generate-");
        try
        {
            var file = new GeneratedFile("some/where.yaml", "a\nb\nc\n");

            Assert.Equal(["+ 1: a", "+ 2: b", "+ 3: c"], file.Drift(root.FullName));
            Assert.True(file.Write(root.FullName));
            Assert.Empty(file.Drift(root.FullName));
            Assert.False(file.Write(root.FullName));

            Assert.Equal(["- 2: b", "+ 2: B", "+ 4: d"], (file with { Content = "a\nB\nc\nd\n" }).Drift(root.FullName));
            Assert.Equal(["± the line break at the end"], (file with { Content = "a\nb\nc" }).Drift(root.FullName));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
