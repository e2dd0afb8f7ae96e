using System.CommandLine;
using PodEip.Cli.Commands;

namespace PodEip.Cli.Completing;

/// <summary><c>kubectl eip completion SHELL</c>: what a shell needs to complete commands.</summary>
internal sealed class CompletionCommand : CliCommand
{
    private const string Kubectl = """
        #!/bin/sh
        # kubectl_complete-eip: on PATH and executable, kubectl (1.26 and on) completes "kubectl eip" by it.
        exec kubectl-eip __complete "$@"
        """;

    private const string Bash = """
        # Completes kubectl-eip in bash. For "kubectl eip": kubectl eip completion kubectl
        _kubectl_eip() {
            local words
            words=$(kubectl-eip __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null | sed '/^:/d; s/\t.*//')
            mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
        }
        complete -o default -F _kubectl_eip kubectl-eip
        """;

    private const string Zsh = """
        #compdef kubectl-eip
        # Completes kubectl-eip in zsh. For "kubectl eip": kubectl eip completion kubectl
        _kubectl_eip() {
            local -a found
            found=("${(@f)$(kubectl-eip __complete "${(@)words[2,CURRENT]}" 2> /dev/null | sed '/^:/d; s/\t.*//')}")
            compadd -a found
        }
        compdef _kubectl_eip kubectl-eip
        """;

    private const string Fish = """
        # Completes kubectl-eip in fish. For "kubectl eip": kubectl eip completion kubectl
        function __kubectl_eip
            set -l words (commandline -opc) (commandline -ct)
            kubectl-eip __complete $words[2..-1] 2> /dev/null | string match -v ':*'
        end
        complete -c kubectl-eip -f -a '(__kubectl_eip)'
        """;

    private readonly Argument<string> _shell;

    /// <summary>Declares it.</summary>
    public CompletionCommand()
        : base("completion", "Prints the script by which a shell, or kubectl itself, completes commands.")
    {
        _shell = Required("SHELL", "bash, zsh, fish, or kubectl for the script kubectl_complete-eip.");
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "kubectl");
    }

    /// <inheritdoc/>
    public override string Examples => """
        Examples:
          kubectl eip completion kubectl > ~/bin/kubectl_complete-eip && chmod +x ~/bin/kubectl_complete-eip
          source <(kubectl-eip completion bash)
        """;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CliRun run, CancellationToken stop)
    {
        await run.Terminal.Output.WriteLineAsync(run.Value(_shell) switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => Kubectl });
        return CliExitCodes.Fine;
    }
}
