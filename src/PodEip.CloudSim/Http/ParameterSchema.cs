namespace PodEip.CloudSim.Http;

/// <summary>Types of parameters on the wire.</summary>
internal enum ParameterKind
{
    Text,
    Integer,
    Boolean,
    Structure,
}

/// <summary>One parameter of an action.</summary>
internal sealed record Parameter(string Name, ParameterKind Kind, bool IsList = false, bool IsRequired = false, ParameterSchema? Fields = null)
{
    public string TypeText => (Kind switch { ParameterKind.Text => "string", ParameterKind.Integer => "integer", ParameterKind.Boolean => "boolean", _ => "object" }) + (IsList ? "[]" : "");

    public Parameter Required() => this with { IsRequired = true };

    public static Parameter Text(string name) => new(name, ParameterKind.Text);

    public static Parameter Integer(string name) => new(name, ParameterKind.Integer);

    public static Parameter Boolean(string name) => new(name, ParameterKind.Boolean);

    public static Parameter Texts(string name) => new(name, ParameterKind.Text, IsList: true);

    public static Parameter Structure(string name, ParameterSchema fields) => new(name, ParameterKind.Structure, Fields: fields);

    public static Parameter Structures(string name, ParameterSchema fields) => new(name, ParameterKind.Structure, IsList: true, Fields: fields);
}

/// <summary>What an action, or a structure within one, may carry.</summary>
internal sealed class ParameterSchema(params Parameter[] parameters)
{
    private readonly Dictionary<string, Parameter> _byName = parameters.ToDictionary(p => p.Name, StringComparer.Ordinal);

    public IReadOnlyList<Parameter> All => parameters;

    public Parameter? Find(string name) => _byName.GetValueOrDefault(name);
}
