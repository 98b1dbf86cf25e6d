package io.github.k8sclient.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A credential plugin: a program that prints credentials, such as
 * {@code aws eks get-token} or {@code gke-gcloud-auth-plugin}. {@code toString} shows
 * neither arguments nor variables, which may be secrets.
 *
 * @param apiVersion version of the API between client and program,
 * {@code client.authentication.k8s.io/v1} or {@code client.authentication.k8s.io/v1beta1}
 * @param command path of the program, or its name in the PATH
 * @param args arguments of the program
 * @param env variables that are added to the environment of this process
 * @param interactiveMode whether the program reads from the standard input
 * @param provideClusterInfo whether the program is told about the cluster
 * @param clusterConfig what the cluster has to tell the program: the extension
 * {@code client.authentication.k8s.io/exec} of the cluster in the kubeconfig, maps, lists
 * and values; {@code null} for nothing
 * @param installHint what to tell the user when the program is not installed,
 * {@code null} for nothing
 * @see <a href=
 * "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins">client-go
 * credential plugins</a>
 * @since 0.1.0
 */
public record ExecPlugin(String apiVersion, String command, List<String> args, Map<String, String> env,
		InteractiveMode interactiveMode, boolean provideClusterInfo, @Nullable Object clusterConfig,
		@Nullable String installHint) {

	/**
	 * Current version of the API between client and program.
	 */
	public static final String V1 = "client.authentication.k8s.io/v1";

	/**
	 * Previous version of the API between client and program.
	 */
	public static final String V1BETA1 = "client.authentication.k8s.io/v1beta1";

	static final List<String> API_VERSIONS = List.of(V1, V1BETA1);

	/**
	 * Create a plugin. The collections are copied.
	 */
	public ExecPlugin {
		Assert.isTrue(API_VERSIONS.contains(apiVersion), () -> "'apiVersion' must be one of " + API_VERSIONS);
		Assert.hasText(command, "'command' must not be empty");
		Assert.notNull(interactiveMode, "'interactiveMode' must not be null");
		args = List.copyOf(args);
		env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
	}

	/**
	 * Create a plugin that speaks the current version of the API, is not interactive and
	 * does not ask for the cluster.
	 * @param command path of the program, or its name in the PATH
	 * @param args arguments of the program
	 * @return the plugin
	 */
	public static ExecPlugin of(String command, String... args) {
		return new ExecPlugin(V1, command, List.of(args), Map.of(), InteractiveMode.NEVER, false, null, null);
	}

	@Override
	public String toString() {
		return "credential plugin " + this.command;
	}

	/**
	 * Whether a plugin reads from the standard input.
	 */
	public enum InteractiveMode {

		/**
		 * The plugin never reads from the standard input.
		 */
		NEVER("Never"),

		/**
		 * The plugin reads from the standard input if it is a terminal.
		 */
		IF_AVAILABLE("IfAvailable"),

		/**
		 * The plugin cannot do without a terminal as its standard input.
		 */
		ALWAYS("Always");

		private final String value;

		InteractiveMode(String value) {
			this.value = value;
		}

		static @Nullable InteractiveMode of(String value) {
			for (InteractiveMode mode : values()) {
				if (mode.value.equals(value)) {
					return mode;
				}
			}
			return null;
		}

		/**
		 * Return the value that stands for this mode in a kubeconfig.
		 * @return the value
		 */
		@Override
		public String toString() {
			return this.value;
		}

	}

}
