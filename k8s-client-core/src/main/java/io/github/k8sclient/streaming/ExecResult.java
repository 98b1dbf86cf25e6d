package io.github.k8sclient.streaming;

import org.springframework.util.Assert;

/**
 * How a command ended, and all that it has written.
 *
 * @param exitCode the exit code, 0 for success
 * @param stdout the standard output as text, read as UTF-8
 * @param stderr the standard error output likewise
 * @since 0.1.0
 */
public record ExecResult(int exitCode, String stdout, String stderr) {

	/**
	 * Create a result.
	 * @param exitCode the exit code
	 * @param stdout the standard output
	 * @param stderr the standard error output
	 */
	public ExecResult {
		Assert.notNull(stdout, "'stdout' must not be null");
		Assert.notNull(stderr, "'stderr' must not be null");
	}

	/**
	 * Return whether the command was a success.
	 * @return {@code true} if its exit code is 0
	 */
	public boolean isSuccess() {
		return this.exitCode == 0;
	}

	/**
	 * Describe the result without what was written, which may be long or secret.
	 * @return the exit code and the lengths of the texts
	 */
	@Override
	public String toString() {
		return "ExecResult[exitCode=" + this.exitCode + ", " + this.stdout.length() + " characters of stdout, "
				+ this.stderr.length() + " of stderr]";
	}

}
