package io.github.k8sclient.meta;

/**
 * The full name of a kind.
 *
 * @param group the name of the group, empty for the core group
 * @param version the version, such as {@code v1}
 * @param kind the kind, such as {@code Deployment}
 * @since 0.1.0
 */
public record GroupVersionKind(String group, String version, String kind) {

	/**
	 * Create a name.
	 * @param group the name of the group, empty for the core group
	 * @param version the version
	 * @param kind the kind
	 */
	public GroupVersionKind {
		Syntax.requireName(group, "group", true);
		Syntax.requireName(version, "version", false);
		Syntax.requireName(kind, "kind", false);
	}

	/**
	 * Create a name.
	 * @param group the name of the group, empty for the core group
	 * @param version the version
	 * @param kind the kind
	 * @return the name
	 */
	public static GroupVersionKind of(String group, String version, String kind) {
		return new GroupVersionKind(group, version, kind);
	}

	/**
	 * Create a name from the two members of a document.
	 * @param apiVersion the {@code apiVersion}, such as {@code apps/v1}
	 * @param kind the {@code kind}
	 * @return the name
	 */
	public static GroupVersionKind of(String apiVersion, String kind) {
		return GroupVersion.parse(apiVersion).kind(kind);
	}

	/**
	 * Parse the form {@code Kind.version.group}, as in {@code Deployment.v1.apps} or
	 * {@code Pod.v1}.
	 * @param text the text
	 * @return the name
	 * @throws IllegalArgumentException when the text has no version
	 */
	public static GroupVersionKind parse(String text) {
		String[] parts = Syntax.split(text, "Kind.version.group");
		return new GroupVersionKind(parts[2], parts[1], parts[0]);
	}

	/**
	 * Return the group and version.
	 * @return the group version
	 */
	public GroupVersion groupVersion() {
		return new GroupVersion(this.group, this.version);
	}

	/**
	 * Return the {@code apiVersion}.
	 * @return {@code v1} for the core group, {@code apps/v1} for others
	 */
	public String apiVersion() {
		return groupVersion().toString();
	}

	/**
	 * Return the name without the version.
	 * @return the group and kind
	 */
	public GroupKind groupKind() {
		return new GroupKind(this.group, this.kind);
	}

	/**
	 * Return the form that {@link #parse} reads.
	 * @return the text, such as {@code Deployment.v1.apps}
	 */
	@Override
	public String toString() {
		return Syntax.join(this.kind, this.version, this.group);
	}

}
