package io.github.k8sclient.config;

import org.jspecify.annotations.Nullable;

/**
 * A context of a {@link KubeConfig}: which cluster, as which user, in which namespace.
 *
 * @since 0.1.0
 */
public final class KubeConfigContext extends NamedEntry {

	KubeConfigContext(String name, KubeConfigEntry entry) {
		super(name, entry);
	}

	/**
	 * Return the name of the cluster.
	 * @return the name, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String cluster() {
		return entry().text("cluster");
	}

	/**
	 * Return the name of the user.
	 * @return the name, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String user() {
		return entry().text("user");
	}

	/**
	 * Return the namespace.
	 * @return the namespace, or {@code null} when it is not set
	 * @throws ConfigurationException if the value has a wrong type
	 */
	public @Nullable String namespace() {
		return entry().text("namespace");
	}

}
