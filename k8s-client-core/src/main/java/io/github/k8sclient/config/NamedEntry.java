package io.github.k8sclient.config;

import java.util.Map;

/**
 * An entry of one of the lists of a kubeconfig, which has a name.
 */
abstract class NamedEntry {

	private final String name;

	private final KubeConfigEntry entry;

	NamedEntry(String name, KubeConfigEntry entry) {
		this.name = name;
		this.entry = entry;
	}

	/**
	 * Return the name of the entry.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the content as written, with all that this class does not know, secrets
	 * included.
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
		return getClass().getSimpleName() + "[" + this.name + "]";
	}

}
