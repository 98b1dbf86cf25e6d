package io.github.k8sclient.config;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A context of a {@link KubeConfig}: which cluster, as which user, in which namespace.
 *
 * @since 0.1.0
 */
public final class KubeConfigContext {

	private final String name;

	private final KubeConfigEntry entry;

	KubeConfigContext(String name, KubeConfigEntry entry) {
		this.name = name;
		this.entry = entry;
	}

	/**
	 * Return the name of the context.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the name of the cluster.
	 * @return the name, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String cluster() {
		return this.entry.text("cluster");
	}

	/**
	 * Return the name of the user.
	 * @return the name, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String user() {
		return this.entry.text("user");
	}

	/**
	 * Return the namespace.
	 * @return the namespace, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String namespace() {
		return this.entry.text("namespace");
	}

	/**
	 * Return the content as written, with all that this class does not know.
	 * @return an immutable map
	 */
	public Map<String, Object> asMap() {
		return this.entry.values();
	}

	KubeConfigEntry entry() {
		return this.entry;
	}

	@Override
	public String toString() {
		return "KubeConfigContext[" + this.name + "]";
	}

}
