package io.github.k8sclient.transport;

import java.net.URI;

import io.github.k8sclient.KubernetesException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The API server could not be reached, or the connection broke before the answer was
 * complete. The message names the server, the reason and the remedy.
 *
 * @since 0.1.0
 */
public class KubernetesConnectionException extends KubernetesException {

	private final URI server;

	private final Reason reason;

	private final String description;

	private final String action;

	/**
	 * Create an exception.
	 * @param server URL of the server
	 * @param reason kind of the failure
	 * @param description what happened
	 * @param action what the user can do about it
	 * @param cause the cause, or {@code null}
	 */
	public KubernetesConnectionException(URI server, Reason reason, String description, String action,
			@Nullable Throwable cause) {
		super("Kubernetes API server " + server + ": " + description + ". " + action, cause);
		Assert.notNull(reason, "'reason' must not be null");
		this.server = server;
		this.reason = reason;
		this.description = description;
		this.action = action;
	}

	/**
	 * Return the server that was to be reached.
	 * @return URL of the server
	 */
	public URI server() {
		return this.server;
	}

	/**
	 * Return the kind of the failure.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Return what happened, without the server.
	 * @return the description
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return what the user can do about it.
	 * @return the remedy
	 */
	public String action() {
		return this.action;
	}

	/**
	 * Kinds of failures.
	 */
	public enum Reason {

		/**
		 * Nobody listens at the address, as while the API server restarts.
		 */
		REFUSED,

		/**
		 * The name of the host has no address.
		 */
		UNKNOWN_HOST,

		/**
		 * The address cannot be reached from here.
		 */
		UNREACHABLE,

		/**
		 * The server did not connect or answer in time.
		 */
		TIMEOUT,

		/**
		 * Server and client do not trust each other, or do not both speak TLS.
		 */
		TLS,

		/**
		 * The connection was closed before the answer was complete.
		 */
		CLOSED,

		/**
		 * The client has been closed.
		 */
		SHUT_DOWN,

		/**
		 * The proxy refused or failed.
		 */
		PROXY,

		/**
		 * All connections of the client are busy.
		 */
		BUSY,

		/**
		 * Something else.
		 */
		OTHER

	}

}
