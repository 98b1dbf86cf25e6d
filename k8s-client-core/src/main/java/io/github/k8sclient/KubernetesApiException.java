package io.github.k8sclient;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.k8sclient.meta.Status;
import io.github.k8sclient.meta.StatusCause;
import io.github.k8sclient.meta.StatusDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The API server refused a request, or reported an error inside a watch. Carries the
 * whole {@link Status} and, where a request led to it, that request's verb and path.
 * <p>
 * There are subtypes where callers act differently. Which one a status becomes is decided
 * as client-go's {@code errors.IsNotFound} and its siblings do: by the reason, and by the
 * code only if the reason is none that Kubernetes defines. A response without a
 * {@code Status} (from a proxy, say) gets one made up from its code;
 * {@link #synthesized()} tells.
 *
 * @since 0.1.0
 */
public class KubernetesApiException extends KubernetesException {

	private static final int MAX_MESSAGE_LENGTH = 2048;

	private static final String UNEXPECTED_SERVER_RESPONSE = "UnexpectedServerResponse";

	private static final Set<String> KNOWN_REASONS = Set.of("Unauthorized", "Forbidden", "NotFound", "AlreadyExists",
			"Conflict", "Gone", "Invalid", "ServerTimeout", "StorageReadError", "Timeout", "TooManyRequests",
			"BadRequest", "MethodNotAllowed", "NotAcceptable", "RequestEntityTooLarge", "UnsupportedMediaType",
			"InternalError", "Expired", "ServiceUnavailable");

	private final Status status;

	private final @Nullable String verb;

	private final @Nullable String path;

	/**
	 * Create an exception. Subtypes are made by {@link #of(Status, String, String)}.
	 * @param status what the server reports
	 * @param verb the HTTP method of the request, {@code null} when there is none to name
	 * @param path the path of the request without its query, {@code null} likewise
	 */
	protected KubernetesApiException(Status status, @Nullable String verb, @Nullable String path) {
		this(status, verb, path, "");
	}

	/**
	 * Create an exception whose message says what to do.
	 * @param status what the server reports
	 * @param verb the HTTP method of the request, {@code null} when there is none to name
	 * @param path the path of the request without its query, {@code null} likewise
	 * @param remedy the end of the message
	 */
	KubernetesApiException(Status status, @Nullable String verb, @Nullable String path, String remedy) {
		super(message(status, verb, path) + remedy);
		this.status = status;
		this.verb = verb;
		this.path = path;
	}

	/**
	 * Make the exception for a status that no request led to, such as one inside a watch.
	 * @param status what the server reports
	 * @return the exception, of the subtype that fits the status
	 */
	public static KubernetesApiException of(Status status) {
		return of(status, null, null);
	}

	/**
	 * Make the exception for the status of a response.
	 * @param status what the server reports
	 * @param verb the HTTP method of the request
	 * @param path the path of the request, without its query
	 * @return the exception, of the subtype that fits the status
	 */
	public static KubernetesApiException of(Status status, @Nullable String verb, @Nullable String path) {
		return of(status, verb, path, null);
	}

	/**
	 * Make the exception for the status of a response to a client with a configuration.
	 * @param status what the server reports
	 * @param verb the HTTP method of the request
	 * @param path the path of the request, without its query
	 * @param source where the configuration of the client, and so its credentials, comes
	 * from; {@code null} if that is not known
	 * @return the exception, of the subtype that fits the status
	 */
	public static KubernetesApiException of(Status status, @Nullable String verb, @Nullable String path,
			@Nullable String source) {
		Assert.notNull(status, "'status' must not be null");
		return switch (kind(status)) {
			case "Unauthorized" -> new UnauthorizedException(status, verb, path, source);
			case "Forbidden" -> new ForbiddenException(status, verb, path);
			case "NotFound" -> new NotFoundException(status, verb, path);
			case "AlreadyExists" -> new AlreadyExistsException(status, verb, path);
			case "Conflict", "Invalid" -> conflictOrInvalid(status, verb, path);
			case "Gone", "Expired" -> new GoneException(status, verb, path);
			case "TooManyRequests" -> new TooManyRequestsException(status, verb, path);
			case "Timeout", "ServerTimeout" -> new ApiTimeoutException(status, verb, path);
			default -> new KubernetesApiException(status, verb, path);
		};
	}

	private static KubernetesApiException conflictOrInvalid(Status status, @Nullable String verb,
			@Nullable String path) {
		if (ObjectRecreatedException.isReasonOf(status)) {
			return new ObjectRecreatedException(status, verb, path);
		}
		return kind(status).equals("Conflict") ? new ConflictException(status, verb, path)
				: new InvalidException(status, verb, path);
	}

	private static String kind(Status status) {
		String reason = Objects.requireNonNullElse(status.reason(), "");
		int code = Objects.requireNonNullElse(status.code(), 0);
		if (code == 429) {
			return "TooManyRequests";
		}
		if (KNOWN_REASONS.contains(reason)) {
			return reason;
		}
		return switch (code) {
			case 401 -> "Unauthorized";
			case 403 -> "Forbidden";
			case 404 -> "NotFound";
			case 409 -> "Conflict";
			case 410 -> "Gone";
			case 422 -> "Invalid";
			case 504 -> "Timeout";
			default -> "";
		};
	}

	private static String message(Status status, @Nullable String verb, @Nullable String path) {
		StringBuilder message = new StringBuilder();
		if (verb != null && path != null) {
			message.append(verb).append(' ').append(path).append(": ");
		}
		String text = Objects.requireNonNullElse(status.message(), "");
		if (text.length() > MAX_MESSAGE_LENGTH) {
			message.append(text, 0, MAX_MESSAGE_LENGTH).append("…");
		}
		else {
			message.append(text.isEmpty() ? "no message" : text);
		}
		message.append(" (").append(Objects.requireNonNullElse(status.code(), 0));
		if (status.reason() != null) {
			message.append(' ').append(status.reason());
		}
		return message.append(')').toString();
	}

	/**
	 * Return what the server reported.
	 * @return the whole status
	 */
	public final Status status() {
		return this.status;
	}

	/**
	 * Return the HTTP status code.
	 * @return the code of the status, 0 if it names none
	 */
	public final int code() {
		return Objects.requireNonNullElse(this.status.code(), 0);
	}

	/**
	 * Return the machine-readable reason.
	 * @return the reason, such as {@code NotFound}; empty if the server gave none
	 */
	public final String reason() {
		return Objects.requireNonNullElse(this.status.reason(), "");
	}

	/**
	 * Return the single causes of the failure, such as the fields that are invalid.
	 * @return the causes, empty if the server gave none
	 */
	public final List<StatusCause> causes() {
		StatusDetails details = this.status.details();
		return (details != null) ? details.causes() : List.of();
	}

	/**
	 * Return whether one of the causes is of a given type.
	 * @param type the type, such as {@code ResourceVersionTooLarge}
	 * @return {@code true} if there is such a cause
	 */
	public final boolean hasCause(String type) {
		return causes().stream().anyMatch((cause) -> type.equals(cause.reason()));
	}

	/**
	 * Return how long the server asks to wait before the next attempt.
	 * @return the time to wait, {@code null} if the server does not ask for it
	 */
	public final @Nullable Duration retryAfter() {
		StatusDetails details = this.status.details();
		Integer seconds = (details != null) ? details.retryAfterSeconds() : null;
		// Of all reasons, only this one asks to wait even if it names no time
		if ("ServerTimeout".equals(this.status.reason())) {
			return Duration.ofSeconds((seconds != null) ? seconds : 0);
		}
		return (seconds != null && seconds > 0) ? Duration.ofSeconds(seconds) : null;
	}

	/**
	 * Return whether the response held no status, so that this client made one of its
	 * code and text.
	 * @return {@code true} if the answer may not come from an API server at all
	 */
	public final boolean synthesized() {
		return hasCause(UNEXPECTED_SERVER_RESPONSE);
	}

	/**
	 * Return the verb of the request.
	 * @return the HTTP method, {@code null} if no request led to the exception
	 */
	public final @Nullable String verb() {
		return this.verb;
	}

	/**
	 * Return the path of the request.
	 * @return the path without its query, {@code null} if no request led to the exception
	 */
	public final @Nullable String path() {
		return this.path;
	}

}
