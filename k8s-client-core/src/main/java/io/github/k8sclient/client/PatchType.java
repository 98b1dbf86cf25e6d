package io.github.k8sclient.client;

/**
 * The ways to say what changes in an object.
 *
 * @since 0.1.0
 */
public enum PatchType {

	/**
	 * A list of operations, as in <a href="https://www.rfc-editor.org/rfc/rfc6902">RFC
	 * 6902</a>.
	 */
	JSON("application/json-patch+json"),

	/**
	 * The members that change, as in <a href="https://www.rfc-editor.org/rfc/rfc7386">RFC
	 * 7386</a>: lists are replaced, and null removes.
	 */
	MERGE("application/merge-patch+json"),

	/**
	 * The members that change, where lists are merged by the keys of the built-in types.
	 * Custom resources do not know it, and answer 415.
	 */
	STRATEGIC_MERGE("application/strategic-merge-patch+json"),

	/**
	 * What the field manager wants, in YAML or JSON: server-side apply. Needs a field
	 * manager in the options.
	 */
	APPLY("application/apply-patch+yaml");

	private final String mediaType;

	PatchType(String mediaType) {
		this.mediaType = mediaType;
	}

	/**
	 * Return the media type with which a patch of this type is sent.
	 * @return the media type
	 */
	public String mediaType() {
		return this.mediaType;
	}

}
