package io.github.k8sclient.discovery;

import java.util.List;

import io.github.k8sclient.KubernetesException;

/**
 * The API server serves no kind or resource of a name. The message names what is spelled
 * alike, and the groups that could not be read.
 *
 * @since 0.1.0
 */
public final class NoMatchException extends KubernetesException {

	private final String name;

	private final List<String> alternatives;

	/**
	 * Create an exception.
	 * @param name what was looked for
	 * @param alternatives what the server serves instead
	 * @param resources what was searched
	 */
	NoMatchException(String name, List<String> alternatives, ServerResources resources) {
		super(message(name, alternatives, resources));
		this.name = name;
		this.alternatives = List.copyOf(alternatives);
	}

	private static String message(String name, List<String> alternatives, ServerResources resources) {
		StringBuilder message = new StringBuilder("The API server serves no '").append(name).append('\'');
		if (!alternatives.isEmpty()) {
			message.append("; did you mean ").append(String.join(", ", alternatives)).append('?');
		}
		if (!resources.isComplete()) {
			message.append(" These could not be read: ").append(ServerResources.describe(resources.failures()));
		}
		return message.toString();
	}

	/**
	 * Return what was looked for.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return what the server serves instead.
	 * @return the names of resources or kinds, closest first; empty if none is close
	 */
	public List<String> alternatives() {
		return this.alternatives;
	}

}
