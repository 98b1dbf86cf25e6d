package io.github.k8sclient.meta;

/**
 * The full name of a resource: what stands in the path of a request.
 *
 * @param group the name of the group, empty for the core group
 * @param version the version, such as {@code v1}
 * @param resource the resource in the plural, such as {@code deployments}
 * @since 0.1.0
 */
public record GroupVersionResource(String group, String version, String resource) {

	/**
	 * Create a name.
	 * @param group the name of the group, empty for the core group
	 * @param version the version
	 * @param resource the resource in the plural
	 */
	public GroupVersionResource {
		Syntax.requireName(group, "group", true);
		Syntax.requireName(version, "version", false);
		Syntax.requireName(resource, "resource", false);
	}

	/**
	 * Create a name.
	 * @param group the name of the group, empty for the core group
	 * @param version the version
	 * @param resource the resource in the plural
	 * @return the name
	 */
	public static GroupVersionResource of(String group, String version, String resource) {
		return new GroupVersionResource(group, version, resource);
	}

	/**
	 * Parse the form {@code resource.version.group}, as in {@code deployments.v1.apps} or
	 * {@code pods.v1}.
	 * @param text the text
	 * @return the name
	 * @throws IllegalArgumentException when the text has no version
	 */
	public static GroupVersionResource parse(String text) {
		String[] parts = Syntax.split(text, "resource.version.group");
		return new GroupVersionResource(parts[2], parts[1], parts[0]);
	}

	/**
	 * Return the group and version.
	 * @return the group version
	 */
	public GroupVersion groupVersion() {
		return new GroupVersion(this.group, this.version);
	}

	/**
	 * Return the name without the version.
	 * @return the group and resource
	 */
	public GroupResource groupResource() {
		return new GroupResource(this.group, this.resource);
	}

	/**
	 * Return the form that {@link #parse} reads.
	 * @return the text, such as {@code deployments.v1.apps}
	 */
	@Override
	public String toString() {
		return Syntax.join(this.resource, this.version, this.group);
	}

}
