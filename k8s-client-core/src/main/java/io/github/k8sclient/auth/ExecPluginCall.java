package io.github.k8sclient.auth;

import java.time.Instant;

import io.github.k8sclient.config.ExecPlugin;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to get credentials from a credential plugin.
 *
 * @param plugin the plugin
 * @param outcome what became of the attempt
 * @param expiry when the credentials end: the time that the plugin has told, or the end
 * of the client certificate if that is earlier; {@code null} if there are no credentials,
 * or they stay good
 * @since 0.1.0
 */
public record ExecPluginCall(ExecPlugin plugin, Outcome outcome, @Nullable Instant expiry) {

	/**
	 * What becomes of an attempt.
	 */
	public enum Outcome {

		/**
		 * The plugin has printed credentials.
		 */
		SUCCESS,

		/**
		 * The plugin is not installed.
		 */
		NOT_FOUND,

		/**
		 * The policy does not allow to run the plugin.
		 */
		DENIED,

		/**
		 * The plugin could not be run, failed, did not end in time, or printed no
		 * credentials.
		 */
		FAILURE

	}

}
