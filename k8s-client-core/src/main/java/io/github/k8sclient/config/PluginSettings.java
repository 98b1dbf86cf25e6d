package io.github.k8sclient.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.config.ExecPlugin.InteractiveMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks what a user of a kubeconfig says about a credential plugin.
 */
final class PluginSettings {

	/** Extension of a cluster that holds what plugins have to know about it. */
	private static final String CLUSTER_CONFIG = "client.authentication.k8s.io/exec";

	private final KubeConfigExec exec;

	private final @Nullable KubeConfigCluster cluster;

	private final Problems problems;

	PluginSettings(KubeConfigExec exec, @Nullable KubeConfigCluster cluster, Problems problems) {
		this.exec = exec;
		this.cluster = cluster;
		this.problems = problems;
	}

	/**
	 * Return the plugin, {@code null} after a problem.
	 */
	@Nullable ExecPlugin plugin() {
		String command = require(KubeConfigExec.COMMAND, this.problems.attempt(this.exec::command),
				"Set it to the plugin to run.");
		String version = require(KubeConfigExec.API_VERSION, this.problems.attempt(this.exec::apiVersion),
				"Set it to " + ExecPlugin.V1 + ".");
		if (version != null && !ExecPlugin.API_VERSIONS.contains(version)) {
			this.problems.add(location(KubeConfigExec.API_VERSION) + " is '" + version + "', which is not supported",
					"Use one of " + ExecPlugin.API_VERSIONS + ".");
			version = null;
		}
		InteractiveMode mode = mode(version);
		Map<String, String> env = this.problems.attempt(this.exec::env);
		List<String> args = this.problems.attempt(this.exec::args);
		String hint = this.problems.attempt(this.exec::installHint);
		boolean clusterInfo = Boolean.TRUE.equals(this.problems.attempt(this.exec::provideClusterInfo));
		Object clusterConfig = (this.cluster != null)
				? this.problems.attempt(() -> this.cluster.extension(CLUSTER_CONFIG)) : null;
		if (command == null || version == null || mode == null || env == null || args == null) {
			return null;
		}
		return new ExecPlugin(version, command, args, env, mode, clusterInfo, clusterConfig, hint);
	}

	private @Nullable InteractiveMode mode(@Nullable String version) {
		String text = this.problems.attempt(this.exec::interactiveMode);
		if (text == null) {
			if (!ExecPlugin.V1.equals(version)) {
				return InteractiveMode.IF_AVAILABLE;
			}
			require(KubeConfigExec.INTERACTIVE_MODE, null, oneOfTheModes());
			return null;
		}
		InteractiveMode mode = InteractiveMode.of(text);
		if (mode == null) {
			this.problems.add(location(KubeConfigExec.INTERACTIVE_MODE) + " is '" + text + "', which does not exist",
					oneOfTheModes());
		}
		return mode;
	}

	private static String oneOfTheModes() {
		return "Use one of " + Arrays.toString(InteractiveMode.values()) + ".";
	}

	private @Nullable String require(String key, @Nullable String value, String action) {
		if (value == null) {
			this.problems.add(location(key) + " is missing", action);
		}
		return value;
	}

	private String location(String key) {
		return this.exec.entry().location(key);
	}

}
