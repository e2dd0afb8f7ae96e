namespace PodEip.CloudSim.Model.Access;

/// <summary>Key pairs, roles and temporary credentials of the account. Thread-safe.</summary>
public sealed class AccessBook
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, KeyPair> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Role> _roles = new(StringComparer.Ordinal);
    private IdSource _ids;
    private string? _metadataRole;

    internal AccessBook(TimeProvider clock, int seed)
    {
        _clock = clock;
        _ids = new IdSource(seed + 1, 0);
    }

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>The role that the metadata service of every CVM offers; null: none, it answers 404.</summary>
    public string? MetadataRole
    {
        get
        {
            lock (_lock)
            {
                return _metadataRole;
            }
        }

        set
        {
            lock (_lock)
            {
                _metadataRole = value;
                Version++;
            }
        }
    }

    /// <summary>Adds or replaces a key pair.</summary>
    public void SetKey(KeyPair pair)
    {
        lock (_lock)
        {
            _keys[pair.SecretId] = pair;
            Version++;
        }
    }

    /// <summary>Removes a key pair or temporary credential.</summary>
    /// <returns>Whether it was there.</returns>
    public bool RemoveKey(string secretId)
    {
        lock (_lock)
        {
            Version++;
            return _keys.Remove(secretId);
        }
    }

    /// <summary>Adds or replaces a role.</summary>
    public void SetRole(Role role)
    {
        lock (_lock)
        {
            _roles[role.Name] = role;
            Version++;
        }
    }

    /// <summary>The key pair or temporary credential; null when unknown.</summary>
    public KeyPair? Find(string secretId)
    {
        lock (_lock)
        {
            return _keys.GetValueOrDefault(secretId);
        }
    }

    /// <summary>The role; null when unknown.</summary>
    public Role? FindRole(string name)
    {
        lock (_lock)
        {
            return _roles.GetValueOrDefault(name);
        }
    }

    /// <summary>All key pairs, roles and temporary credentials.</summary>
    public (IReadOnlyList<KeyPair> Keys, IReadOnlyList<Role> Roles) List()
    {
        lock (_lock)
        {
            return ([.. _keys.Values], [.. _roles.Values]);
        }
    }

    /// <summary>Makes a temporary credential of a role.</summary>
    public KeyPair Issue(string roleName, TimeSpan life)
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            foreach (var old in _keys.Values.Where(k => k.ExpiresAt + TimeSpan.FromHours(1) < now).ToList())
            {
                _keys.Remove(old.SecretId);
            }

            var pair = new KeyPair("AKIDtmp" + _ids.MakeText("id", 29), _ids.MakeText("key", 32), [])
            {
                Token = _ids.MakeText("token", 120),
                ExpiresAt = now + life,
                RoleName = roleName,
            };
            _keys[pair.SecretId] = pair;
            Version++;
            return pair;
        }
    }

    /// <summary>True when the key may do an action, named with its prefix, e.g. <c>cvm:AllocateAddresses</c>.</summary>
    public bool Allows(string secretId, string action)
    {
        lock (_lock)
        {
            if (!_keys.TryGetValue(secretId, out var key))
            {
                return false;
            }

            var role = key.RoleName is null ? null : _roles.GetValueOrDefault(key.RoleName);
            var (allow, deny) = key.RoleName is null ? (key.Allow, key.Deny) : role is null ? ([], []) : (role.Allow, role.Deny);
            return allow.Any(p => Matches(p, action)) && !deny.Any(p => Matches(p, action));
        }
    }

    internal AccessState TakeSnapshot()
    {
        lock (_lock)
        {
            return new AccessState([.. _keys.Values], [.. _roles.Values], _metadataRole, _ids.Next);
        }
    }

    internal void Restore(AccessState state, int seed)
    {
        lock (_lock)
        {
            foreach (var key in state.Keys)
            {
                _keys[key.SecretId] = key;
            }

            foreach (var role in state.Roles)
            {
                _roles[role.Name] = role;
            }

            _metadataRole = state.MetadataRole;
            _ids = new IdSource(seed + 1, state.NextId);
        }
    }

    private static bool Matches(string pattern, string action) => pattern.EndsWith('*')
        ? action.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : pattern.Equals(action, StringComparison.OrdinalIgnoreCase);
}
