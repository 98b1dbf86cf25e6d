package io.github.k8sclient.streaming;

import io.github.k8sclient.KubernetesException;

/**
 * A command has ended with an exit code other than 0.
 *
 * @since 0.1.0
 */
public class CommandExitException extends KubernetesException {

	private final int exitCode;

	/**
	 * Create an exception.
	 * @param exitCode the exit code
	 */
	public CommandExitException(int exitCode) {
		super("The command ended with exit code " + exitCode);
		this.exitCode = exitCode;
	}

	/**
	 * Return the exit code.
	 * @return the exit code, not 0
	 */
	public int exitCode() {
		return this.exitCode;
	}

}
