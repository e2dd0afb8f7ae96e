namespace PodEip.Cli.Writing;

/// <summary>Where a command reads and writes, replaced in tests.</summary>
/// <param name="Output">For the result.</param>
/// <param name="Error">For progress and trouble.</param>
/// <param name="Input">For answers.</param>
/// <param name="IsInteractive">A person can be asked.</param>
/// <param name="HasColour">The result goes to a terminal whose user did not turn colour off.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, TextReader Input, bool IsInteractive, bool HasColour)
{
    /// <summary>This process's. <c>NO_COLOR</c> (https://no-color.org) turns colour off.</summary>
    public static Terminal OfProcess() => new(
        Console.Out, Console.Error, Console.In,
        IsInteractive: !Console.IsInputRedirected && !Console.IsErrorRedirected,
        HasColour: !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not "dumb");

    /// <summary>A text in a colour, where there are colours.</summary>
    public string Paint(string text, Colour colour) => HasColour ? $"\e[{(int)colour}m{text}\e[0m" : text;
}

/// <summary>The few that are used; the numbers are the terminal's.</summary>
internal enum Colour
{
    /// <summary>Headings.</summary>
    Bold = 1,

    /// <summary>Trouble.</summary>
    Red = 31,

    /// <summary>Well.</summary>
    Green = 32,

    /// <summary>Under way.</summary>
    Yellow = 33,
}
