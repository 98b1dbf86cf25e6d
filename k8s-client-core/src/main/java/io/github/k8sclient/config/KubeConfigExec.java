package io.github.k8sclient.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A credential plugin of a {@link KubeConfigUser}: a program that prints credentials.
 * Each value is checked when it is asked for.
 *
 * @see <a href=
 * "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins">client-go
 * credential plugins</a>
 * @since 0.1.0
 */
public final class KubeConfigExec {

	static final String COMMAND = "command";

	static final String API_VERSION = "apiVersion";

	static final String INTERACTIVE_MODE = "interactiveMode";

	static final String ENV = "env";

	private final KubeConfigEntry entry;

	KubeConfigExec(KubeConfigEntry entry) {
		this.entry = entry;
	}

	/**
	 * Return the program.
	 * @return the path, relative ones with a slash resolved, or the name of a program in
	 * the PATH, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String command() {
		return this.entry.command(COMMAND);
	}

	/**
	 * Return the arguments of the program.
	 * @return the arguments
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public List<String> args() {
		return this.entry.texts("args");
	}

	/**
	 * Return environment variables to set for the program.
	 * @return the variables
	 * @throws ConfigurationException if a variable has no name or a wrong type
	 */
	public Map<String, String> env() {
		Map<String, String> variables = new LinkedHashMap<>();
		for (KubeConfigEntry variable : this.entry.entries(ENV)) {
			String name = variable.text("name");
			if (name == null) {
				throw new ConfigurationException(variable.location("name") + " is missing",
						"Give the environment variable a name.");
			}
			String value = variable.text("value");
			variables.put(name, (value != null) ? value : "");
		}
		return Collections.unmodifiableMap(variables);
	}

	/**
	 * Return the version of the API between client and program.
	 * @return the version, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String apiVersion() {
		return this.entry.text(API_VERSION);
	}

	/**
	 * Return what to tell the user when the program is not installed.
	 * @return the hint, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String installHint() {
		return this.entry.text("installHint");
	}

	/**
	 * Return whether the program is told about the cluster.
	 * @return {@code true} to tell it
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public boolean provideClusterInfo() {
		return this.entry.flag("provideClusterInfo");
	}

	/**
	 * Return whether the program reads from the standard input.
	 * @return {@code Never}, {@code IfAvailable} or {@code Always}; {@code null} when it
	 * is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String interactiveMode() {
		return this.entry.text(INTERACTIVE_MODE);
	}

	KubeConfigEntry entry() {
		return this.entry;
	}

	@Override
	public String toString() {
		return "KubeConfigExec[" + this.entry.location(COMMAND) + "]";
	}

}
