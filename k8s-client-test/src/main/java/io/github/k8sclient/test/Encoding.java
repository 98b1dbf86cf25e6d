package io.github.k8sclient.test;

/**
 * The formats in which objects travel.
 */
enum Encoding {

	/**
	 * JSON text.
	 */
	JSON("application/json"),

	/**
	 * Protobuf behind the prefix of the Kubernetes API.
	 */
	PROTOBUF("application/vnd.kubernetes.protobuf"),

	/**
	 * YAML text.
	 */
	YAML("application/yaml");

	private final String mediaType;

	Encoding(String mediaType) {
		this.mediaType = mediaType;
	}

	String mediaType() {
		return this.mediaType;
	}

}
