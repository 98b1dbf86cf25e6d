package io.github.k8sclient.auth;

import java.nio.file.Path;

import io.github.k8sclient.auth.ExecPluginCall.Outcome;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.ExecPlugin;
import io.github.k8sclient.config.ExecPolicy;

/**
 * Decides by an {@link ExecPolicy} whether a credential plugin may be run, as client-go
 * does: an entry of the allowlist stands for the program with that very path, or for the
 * one that is found under that name in the PATH.
 */
final class PluginGuard {

	private final ExecPolicy policy;

	private final Executables executables;

	PluginGuard(ExecPolicy policy, Executables executables) {
		this.policy = policy;
		this.executables = executables;
	}

	/**
	 * Refuse a plugin that may not be run whatever program it is.
	 * @throws ConfigurationException if no plugin may be run
	 */
	void requireAllowed(ExecPlugin plugin) {
		if (this.policy.type() == ExecPolicy.Type.DENY_ALL) {
			throw denied(plugin, "no credential plugin is allowed");
		}
	}

	/**
	 * Return the program of a plugin. What is checked is what has to be run.
	 * @throws ConfigurationException if it is not found, or may not be run
	 */
	Path require(ExecPlugin plugin) {
		requireAllowed(plugin);
		Path program = this.executables.find(plugin.command());
		if (program == null) {
			throw new ExecPluginException(Outcome.NOT_FOUND, "The " + plugin + " was not found",
					(plugin.installHint() != null) ? plugin.installHint()
							: "Install it, or name it with its path in the kubeconfig.");
		}
		if (this.policy.type() == ExecPolicy.Type.ALLOWLIST && !isListed(program)) {
			throw denied(plugin, "it is not in the allowlist " + this.policy.allowlist());
		}
		return program;
	}

	/**
	 * Both sides are what is found, so that an entry can allow no other program than the
	 * one that is run.
	 */
	private boolean isListed(Path program) {
		return this.policy.allowlist().stream().map(this.executables::find).anyMatch(program::equals);
	}

	private static ConfigurationException denied(ExecPlugin plugin, String reason) {
		return new ExecPluginException(Outcome.DENIED, "The " + plugin + " may not be run: " + reason,
				"If it can be trusted, allow it by the policy for credential plugins, else choose another user.",
				"execPolicy");
	}

}
