package io.github.k8sclient.codegen;

/**
 * Name of an API type: Go package of the group, version and Go name of the struct.
 *
 * @param group the Go package of the group, such as {@code core}
 * @param version the API version
 * @param name the Go name
 */
record TypeName(String group, String version, String name) {

	static TypeName parse(String text) {
		int slash = text.indexOf('/');
		int dot = text.indexOf('.', slash);
		return new TypeName(text.substring(0, slash), text.substring(slash + 1, dot), text.substring(dot + 1));
	}

	String groupVersion() {
		return this.group + "/" + this.version;
	}

	@Override
	public String toString() {
		return groupVersion() + "." + this.name;
	}

}
