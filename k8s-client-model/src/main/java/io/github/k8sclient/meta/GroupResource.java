package io.github.k8sclient.meta;

/**
 * The name of a resource in any version.
 *
 * @param group the name of the group, empty for the core group
 * @param resource the resource in the plural, such as {@code deployments}
 * @since 0.1.0
 */
public record GroupResource(String group, String resource) {

	/**
	 * Create a name.
	 * @param group the name of the group, empty for the core group
	 * @param resource the resource in the plural
	 */
	public GroupResource {
		Syntax.requireName(group, "group", true);
		Syntax.requireName(resource, "resource", false);
	}

	/**
	 * Parse the form {@code resource.group}, as in {@code deployments.apps} or
	 * {@code pods}.
	 * @param text the text
	 * @return the name
	 */
	public static GroupResource parse(String text) {
		int dot = text.indexOf('.');
		return (dot < 0) ? new GroupResource("", text)
				: new GroupResource(text.substring(dot + 1), text.substring(0, dot));
	}

	/**
	 * Name the resource in one version.
	 * @param version the version
	 * @return the full name
	 */
	public GroupVersionResource version(String version) {
		return new GroupVersionResource(this.group, version, this.resource);
	}

	/**
	 * Return the form that {@link #parse} reads.
	 * @return the text, such as {@code deployments.apps}
	 */
	@Override
	public String toString() {
		return Syntax.join(this.resource, this.group);
	}

}
