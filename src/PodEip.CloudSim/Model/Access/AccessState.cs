namespace PodEip.CloudSim.Model.Access;

/// <summary>All of an <see cref="AccessBook"/> as data.</summary>
/// <param name="Keys">Key pairs and temporary credentials.</param>
/// <param name="Roles">Roles.</param>
/// <param name="MetadataRole">Role of the metadata service.</param>
/// <param name="NextId">State of the id sequence.</param>
public sealed record AccessState(IReadOnlyList<KeyPair> Keys, IReadOnlyList<Role> Roles, string? MetadataRole, long NextId);
