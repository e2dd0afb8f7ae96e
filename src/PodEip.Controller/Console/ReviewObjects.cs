using System.Text.Json.Serialization;

namespace PodEip.Controller.Console;

/// <summary><c>authentication.k8s.io/v1</c> TokenReview: whose token is this?</summary>
internal sealed record TokenReview(TokenReviewSpec? Spec, TokenReviewStatus? Status = null, string ApiVersion = "authentication.k8s.io/v1", string Kind = "TokenReview");

/// <summary>The question. A class, not a record: a record would print the token.</summary>
internal sealed class TokenReviewSpec
{
    public required string Token { get; init; }
}

/// <summary>The answer.</summary>
internal sealed record TokenReviewStatus(bool Authenticated, UserInfo? User, string? Error);

/// <summary>Who somebody is.</summary>
internal sealed record UserInfo(string? Username, string? Uid, IReadOnlyList<string>? Groups, IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra);

/// <summary><c>authorization.k8s.io/v1</c> SubjectAccessReview: may they?</summary>
internal sealed record SubjectAccessReview(SubjectAccessReviewSpec? Spec, SubjectAccessReviewStatus? Status = null, string ApiVersion = "authorization.k8s.io/v1", string Kind = "SubjectAccessReview");

/// <summary>The question.</summary>
internal sealed record SubjectAccessReviewSpec(
    string? User, string? Uid, IReadOnlyList<string>? Groups, IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra, AskedResource ResourceAttributes);

/// <summary>What they want to do. An empty namespace means all of them.</summary>
internal sealed record AskedResource(string Namespace, string Verb, string Group, string Resource);

/// <summary>The answer.</summary>
internal sealed record SubjectAccessReviewStatus(bool Allowed, string? Reason, string? EvaluationError);

/// <summary>JSON of the two questions.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenReview))]
[JsonSerializable(typeof(SubjectAccessReview))]
internal sealed partial class ReviewJson : JsonSerializerContext;
