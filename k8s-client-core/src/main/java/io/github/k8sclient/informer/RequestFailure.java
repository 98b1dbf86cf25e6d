package io.github.k8sclient.informer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.k8sclient.ApiTimeoutException;
import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.GoneException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.TooManyRequestsException;
import io.github.k8sclient.UnauthorizedException;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.meta.StatusDetails;
import org.jspecify.annotations.Nullable;

/**
 * Tells the failures of lists and watches apart, by the reason of a status first, as an
 * error inside a watch may have no code.
 */
final class RequestFailure {

	private static final String VERSION_TOO_LARGE = "ResourceVersionTooLarge";

	private static final String VERSION_TOO_LARGE_MESSAGE = "Too large resource version";

	private RequestFailure() {
	}

	/**
	 * Return whether the history after a version, or the page after a token, is gone.
	 * @param error a failure
	 * @return {@code true} for 410 Gone and Expired
	 */
	static boolean isExpired(Throwable error) {
		return error instanceof GoneException;
	}

	/**
	 * Return whether the server wants to be asked later.
	 * @param error a failure
	 * @return {@code true} for 429
	 */
	static boolean isThrottled(Throwable error) {
		return error instanceof TooManyRequestsException;
	}

	/**
	 * Return whether the server cannot list at a version: it is gone, or the server has
	 * not come to it.
	 * @param error a failure
	 * @return {@code true} for 410, and for a timeout with the cause
	 * {@code ResourceVersionTooLarge}
	 */
	static boolean isVersionUnavailable(Throwable error) {
		return isExpired(error) || error instanceof KubernetesApiException failure && isVersionTooLarge(failure);
	}

	private static boolean isVersionTooLarge(KubernetesApiException failure) {
		if (failure.hasCause(VERSION_TOO_LARGE)) {
			return true;
		}
		// Servers from 1.17 to 1.18.5 name the cause by its message alone, those before
		// have no causes
		return failure instanceof ApiTimeoutException
				&& (failure.causes().stream().anyMatch((cause) -> VERSION_TOO_LARGE_MESSAGE.equals(cause.message()))
						|| String.valueOf(failure.status().message()).contains(VERSION_TOO_LARGE_MESSAGE));
	}

	/**
	 * Return whether the credentials do not suffice.
	 * @param error a failure
	 * @return {@code true} for 401 and 403
	 */
	static boolean isDenied(Throwable error) {
		return isUnauthorized(error) || error instanceof ForbiddenException;
	}

	/**
	 * Return whether the server does not know who is asking.
	 * @param error a failure
	 * @return {@code true} for 401
	 */
	static boolean isUnauthorized(Throwable error) {
		return error instanceof UnauthorizedException;
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
	 * @return the HTTP status code, 0 if the server did not answer, or gave none
	 */
	static int code(Throwable error) {
		return (error instanceof KubernetesApiException failure) ? failure.code() : 0;
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

	private static @Nullable StatusDetails details(Throwable error) {
		return (error instanceof KubernetesApiException failure) ? failure.status().details() : null;
	}

}
