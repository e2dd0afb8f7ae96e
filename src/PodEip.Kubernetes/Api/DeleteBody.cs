using System.Buffers;
using System.Text.Json;

namespace PodEip.Kubernetes.Api;

/// <summary>Writes <c>metav1.DeleteOptions</c>.</summary>
internal static class DeleteBody
{
    public static ReadOnlyMemory<byte> Build(DeletePreconditions? preconditions, PropagationPolicy? propagation, int? gracePeriodSeconds)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "DeleteOptions");
            if (gracePeriodSeconds is { } seconds)
            {
                json.WriteNumber("gracePeriodSeconds", seconds);
            }

            if (propagation is { } policy)
            {
                json.WriteString("propagationPolicy", policy.ToString());
            }

            if (preconditions is { Uid: not null } or { ResourceVersion: not null })
            {
                json.WriteStartObject("preconditions");
                Write(json, "uid", preconditions.Uid);
                Write(json, "resourceVersion", preconditions.ResourceVersion);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
