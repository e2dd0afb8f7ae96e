using System.Runtime.InteropServices;

namespace PodEip.Cli.Commands;

/// <summary>
/// The certificates of the system. On Linux .NET reads all of them before it looks at any chain, one that ends in the CA of a kubeconfig too,
/// which takes longer than all the rest of a list. A process that needs none of them can do without.
/// </summary>
internal static partial class SystemCertificates
{
    private const string Nothing = "/dev/null";

    /// <summary>Whether this process is ours alone. Set by <c>Program</c>: what is left unread stays so for the whole process, which tests share.</summary>
    public static bool AreOursToLeave { get; set; }

    /// <summary>Leaves them unread. Only for a process that will ask nobody whom they vouch for.</summary>
    public static void LeaveUnread()
    {
        if (!AreOursToLeave || !OperatingSystem.IsLinux())
        {
            return;
        }

        // From here on .NET has a copy of its own, which is what login plugins inherit: they need the system's certificates.
        _ = Environment.GetEnvironmentVariables();
        _ = SetVariable("SSL_CERT_FILE", Nothing, overwrite: 1);
        _ = SetVariable("SSL_CERT_DIR", Nothing, overwrite: 1);
    }

    // .NET asks the C library where the certificates are, not its own copy of the variables.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
