package io.github.k8sclient.meta;

/**
 * An API group in one version, which documents show as {@code apiVersion}.
 *
 * @param group the name of the group, empty for the core group
 * @param version the version, such as {@code v1beta1}
 * @since 0.1.0
 */
public record GroupVersion(String group, String version) {

	/**
	 * Create a group version.
	 * @param group the name of the group, empty for the core group
	 * @param version the version
	 */
	public GroupVersion {
		Syntax.requireName(group, "group", true);
		Syntax.requireName(version, "version", false);
	}

	/**
	 * Parse an {@code apiVersion}.
	 * @param apiVersion {@code v1} for the core group, {@code apps/v1} for others
	 * @return the group version
	 * @throws IllegalArgumentException when the text is empty or has more than one slash
	 */
	public static GroupVersion parse(String apiVersion) {
		int slash = apiVersion.indexOf('/');
		if (slash < 0) {
			return new GroupVersion("", apiVersion);
		}
		return new GroupVersion(Syntax.requireName(apiVersion.substring(0, slash), "group", false),
				apiVersion.substring(slash + 1));
	}

	/**
	 * Name a kind of this group version.
	 * @param kind the kind, such as {@code Deployment}
	 * @return the full name
	 */
	public GroupVersionKind kind(String kind) {
		return new GroupVersionKind(this.group, this.version, kind);
	}

	/**
	 * Name a resource of this group version.
	 * @param resource the resource, such as {@code deployments}
	 * @return the full name
	 */
	public GroupVersionResource resource(String resource) {
		return new GroupVersionResource(this.group, this.version, resource);
	}

	/**
	 * Return the {@code apiVersion}.
	 * @return {@code v1} for the core group, {@code apps/v1} for others
	 */
	@Override
	public String toString() {
		return this.group.isEmpty() ? this.version : this.group + "/" + this.version;
	}

}
