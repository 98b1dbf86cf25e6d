package io.github.k8sclient.config;

/**
 * How objects of the built-in kinds travel. Custom resources are JSON in either case.
 *
 * @since 0.1.0
 */
public enum ContentTypePreference {

	/**
	 * Protobuf ({@code application/vnd.kubernetes.protobuf}), and JSON when the server or
	 * the kind has no protobuf form.
	 */
	PROTOBUF,

	/**
	 * JSON ({@code application/json}).
	 */
	JSON

}
