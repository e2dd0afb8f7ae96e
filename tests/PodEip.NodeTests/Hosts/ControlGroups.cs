namespace PodEip.NodeTests.Hosts;

/// <summary>The control group of a node, in every hierarchy of cgroup v1, or in the one of v2. <c>hack/room</c> deletes it.</summary>
internal static class ControlGroups
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>Makes the group and returns its path for <c>cgroupRoot</c>.</summary>
    public static string Create(string name)
    {
        // The kernel's list of what is mounted says which hierarchies there are.
        var hierarchies = File.ReadLines("/proc/self/mounts").Select(line => line.Split(' '))
            .Where(mount => mount[2] is "cgroup" or "cgroup2" && mount[1].StartsWith(Root, StringComparison.Ordinal)).Select(mount => mount[1]);
        foreach (var hierarchy in hierarchies)
        {
            var group = Path.Combine(hierarchy, name);
            Directory.CreateDirectory(group);
            // A new cpuset is empty, and nothing can be put into it.
            foreach (var file in (string[])["cpuset.cpus", "cpuset.mems"])
            {
                if (File.Exists(Path.Combine(group, file)) && File.Exists(Path.Combine(hierarchy, file)))
                    File.WriteAllText(Path.Combine(group, file), File.ReadAllText(Path.Combine(hierarchy, file)));
            }
        }

        return "/" + name;
    }
}
