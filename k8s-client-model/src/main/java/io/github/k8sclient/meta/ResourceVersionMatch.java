package io.github.k8sclient.meta;

/**
 * How the resource version of a list is meant.
 *
 * @since 0.1.0
 * @see ListOptions.Builder#resourceVersionMatch(ResourceVersionMatch)
 */
public enum ResourceVersionMatch {

	/**
	 * The list is at least as new as the version.
	 */
	NOT_OLDER_THAN("NotOlderThan"),

	/**
	 * The list is what there was at the version. It fails as expired if the server does
	 * not have it any more, and is not possible for version {@code 0}.
	 */
	EXACT("Exact");

	private final String value;

	ResourceVersionMatch(String value) {
		this.value = value;
	}

	/**
	 * Return the value as it is sent.
	 * @return for example {@code Exact}
	 */
	public String value() {
		return this.value;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
