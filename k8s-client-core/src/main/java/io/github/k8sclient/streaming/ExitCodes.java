package io.github.k8sclient.streaming;

import java.util.List;
import java.util.Objects;

import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.meta.StatusCause;
import io.github.k8sclient.meta.StatusDetails;
import org.jspecify.annotations.Nullable;

/**
 * Reads exit codes from statuses, as client-go's {@code errorDecoderV4} does.
 */
final class ExitCodes {

	private static final String NON_ZERO = "NonZeroExitCode";

	private static final String CAUSE = "ExitCode";

	private ExitCodes() {
	}

	/**
	 * Return the exit code that a status tells.
	 * @param status the status, {@code null} if there is none
	 * @throws KubernetesException if the command could not be run, or nobody knows how it
	 * ended
	 */
	static int of(@Nullable Status status) {
		if (status == null) {
			throw new KubernetesException("The server closed the connection without saying how the command ended");
		}
		if ("Success".equals(status.status())) {
			return 0;
		}
		if (!NON_ZERO.equals(status.reason())) {
			throw KubernetesApiException.of(status);
		}
		StatusDetails details = status.details();
		List<StatusCause> causes = (details != null) ? details.causes() : List.of();
		return causes.stream()
			.filter((cause) -> CAUSE.equals(cause.reason()))
			.map(ExitCodes::number)
			.findFirst()
			.orElseThrow(() -> new KubernetesException("The status of the command names no exit code"));
	}

	private static int number(StatusCause cause) {
		try {
			return Integer.parseInt(Objects.requireNonNullElse(cause.message(), ""));
		}
		catch (NumberFormatException ex) {
			throw new KubernetesException("The status of the command names an exit code that is no number", ex);
		}
	}

}
