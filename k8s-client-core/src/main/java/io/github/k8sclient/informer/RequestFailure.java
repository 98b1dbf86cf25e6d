package io.github.k8sclient.informer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.meta.StatusDetails;
import org.jspecify.annotations.Nullable;

/**
 * Tells the failures of lists and watches apart.
 */
final class RequestFailure {

	private static final String VERSION_TOO_LARGE = "ResourceVersionTooLarge";

	private RequestFailure() {
	}

	/**
	 * Return whether the history after a version, or the page after a token, is gone.
	 * @param error a failure
	 * @return {@code true} for 410
	 */
	static boolean isExpired(Throwable error) {
		return code(error) == 410;
	}

	/**
	 * Return whether the server cannot list at a version: it is gone, or the server has
	 * not come to it.
	 * @param error a failure
	 * @return {@code true} for 410, and for 504 with the cause
	 * {@code ResourceVersionTooLarge}
	 */
	static boolean isVersionUnavailable(Throwable error) {
		return isExpired(error) || hasCause(error, VERSION_TOO_LARGE);
	}

	/**
	 * Return whether the credentials do not suffice.
	 * @param error a failure
	 * @return {@code true} for 401 and 403
	 */
	static boolean isDenied(Throwable error) {
		return code(error) == 401 || code(error) == 403;
	}

	/**
	 * Return whether the server does not do what it is asked for, and never will.
	 * @param error a failure
	 * @return {@code true} if it is the request that is wrong, as with a parameter that
	 * the server does not know
	 */
	static boolean isRefused(Throwable error) {
		int code = code(error);
		return code == 400 || code == 404 || code == 405 || code == 406 || code == 415 || code == 422;
	}

	/**
	 * Return whether the connection failed, so that nothing is known of what the server
	 * may think of the request.
	 * @param error a failure
	 * @return {@code true} if the server could not be reached, or the connection broke or
	 * fell silent
	 */
	static boolean isConnection(Throwable error) {
		if (error instanceof KubernetesApiException) {
			return false;
		}
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof DecodingException) {
				return false;
			}
			if (cause instanceof IOException || cause instanceof TimeoutException) {
				return true;
			}
		}
		return error instanceof KubernetesException && !(error instanceof InformerException);
	}

	/**
	 * Return whether no connection to the server could be made, so that it knows nothing
	 * of the request.
	 * @param error a failure
	 * @return {@code true} if the address is unknown, or nobody accepts connections there
	 */
	static boolean isUnreachable(Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConnectException || cause instanceof NoRouteToHostException
					|| cause instanceof UnknownHostException) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return the answer of the server.
	 * @param error a failure
	 * @return the HTTP status code, 0 if the server did not answer
	 */
	static int code(Throwable error) {
		Status status = status(error);
		Integer code = (status != null) ? status.code() : null;
		return (code != null) ? code : 0;
	}

	/**
	 * Return how long the server wants to be left alone.
	 * @param error a failure
	 * @return the time, zero if it does not say
	 */
	static Duration retryAfter(Throwable error) {
		StatusDetails details = details(error);
		Integer seconds = (details != null) ? details.retryAfterSeconds() : null;
		return (seconds != null) ? Duration.ofSeconds(Math.max(0, seconds)) : Duration.ZERO;
	}

	private static boolean hasCause(Throwable error, String reason) {
		StatusDetails details = details(error);
		return details != null && details.causes().stream().anyMatch((cause) -> reason.equals(cause.reason()));
	}

	private static @Nullable StatusDetails details(Throwable error) {
		Status status = status(error);
		return (status != null) ? status.details() : null;
	}

	private static @Nullable Status status(Throwable error) {
		return (error instanceof KubernetesApiException failure) ? failure.status() : null;
	}

}
