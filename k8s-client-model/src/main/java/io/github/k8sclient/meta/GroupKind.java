package io.github.k8sclient.meta;

/**
 * The name of a kind in any version.
 *
 * @param group the name of the group, empty for the core group
 * @param kind the kind, such as {@code Deployment}
 * @since 0.1.0
 */
public record GroupKind(String group, String kind) {

	/**
	 * Create a name.
	 * @param group the name of the group, empty for the core group
	 * @param kind the kind
	 */
	public GroupKind {
		Syntax.requireName(group, "group", true);
		Syntax.requireName(kind, "kind", false);
	}

	/**
	 * Parse the form {@code Kind.group}, as in {@code Deployment.apps} or {@code Pod}.
	 * @param text the text
	 * @return the name
	 */
	public static GroupKind parse(String text) {
		int dot = text.indexOf('.');
		return (dot < 0) ? new GroupKind("", text) : new GroupKind(text.substring(dot + 1), text.substring(0, dot));
	}

	/**
	 * Name the kind in one version.
	 * @param version the version
	 * @return the full name
	 */
	public GroupVersionKind version(String version) {
		return new GroupVersionKind(this.group, version, this.kind);
	}

	/**
	 * Return the form that {@link #parse} reads.
	 * @return the text, such as {@code Deployment.apps}
	 */
	@Override
	public String toString() {
		return Syntax.join(this.kind, this.group);
	}

}
