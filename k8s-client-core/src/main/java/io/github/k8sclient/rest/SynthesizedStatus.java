package io.github.k8sclient.rest;

import java.util.List;
import java.util.Locale;

import io.github.k8sclient.meta.Status;
import io.github.k8sclient.meta.StatusCause;
import io.github.k8sclient.meta.StatusDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/**
 * The status of a response that holds none, made of its code as client-go's
 * {@code NewGenericServerResponse} does.
 */
final class SynthesizedStatus {

	private SynthesizedStatus() {
	}

	static Status of(RequestTarget target, int code, String text, @Nullable Integer retryAfter) {
		StatusCause cause = StatusCause.builder().reason("UnexpectedServerResponse").message(text).build();
		StatusDetails details = StatusDetails.builder()
			.group((target.resource() != null) ? target.group() : null)
			.kind(target.resource())
			.name(target.name())
			.causes(List.of(cause))
			.retryAfterSeconds(retryAfter)
			.build();
		return Status.builder()
			.status("Failure")
			.code(code)
			.reason(reason(target.method(), code))
			.message(message(code, text) + subject(target))
			.details(details)
			.build();
	}

	private static @Nullable String reason(HttpMethod verb, int code) {
		return switch (code) {
			case 400 -> "BadRequest";
			case 401 -> "Unauthorized";
			case 403 -> "Forbidden";
			case 404 -> "NotFound";
			case 405 -> "MethodNotAllowed";
			case 406 -> "NotAcceptable";
			case 409 -> (verb == HttpMethod.POST) ? "AlreadyExists" : "Conflict";
			case 415 -> "UnsupportedMediaType";
			case 422 -> "Invalid";
			case 429 -> "TooManyRequests";
			case 503 -> "ServiceUnavailable";
			case 504 -> "Timeout";
			default -> (code >= 500) ? "InternalError" : null;
		};
	}

	private static String message(int code, String text) {
		return switch (code) {
			case 400 -> "the server rejected our request for an unknown reason";
			case 401 -> "the server has asked for the client to provide credentials";
			case 403, 415 -> text;
			case 404 -> "the server could not find the requested resource";
			case 405 -> "the server does not allow this method on the requested resource";
			case 406 -> (text.isEmpty() || text.equals("unknown"))
					? "the server was unable to respond with a content type that the client supports" : text;
			case 409 -> "the server reported a conflict";
			case 422 -> "the server rejected our request due to an error in our request";
			case 429 -> "the server has received too many requests and has asked us to try again later";
			case 503 -> "the server is currently unable to handle the request";
			case 504 -> "the server was unable to return a response in the time allotted,"
					+ " but may still be processing the request";
			default ->
				(code >= 500) ? "an error on the server (\"" + text + "\") has prevented the request from succeeding"
						: "the server responded with the status code " + code + " but did not return more information";
		};
	}

	private static String subject(RequestTarget target) {
		if (target.resource() == null) {
			return "";
		}
		String resource = target.group().isEmpty() ? target.resource() : target.resource() + "." + target.group();
		return " (" + target.method().name().toLowerCase(Locale.ROOT) + " " + resource
				+ ((target.name() != null) ? " " + target.name() : "") + ")";
	}

}
