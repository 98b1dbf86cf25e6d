package io.github.k8sclient.wire;

/**
 * For the modules of this project: it may change in any release.
 * <p>
 * What an encoded object says of its own type.
 *
 * @param apiVersion the API version, such as {@code apps/v1}; empty if it is not said
 * @param kind the kind, such as {@code Deployment}; empty if it is not said
 * @since 0.1.0
 */
public record TypeMeta(String apiVersion, String kind) {

	/**
	 * An object that does not say its type.
	 */
	public static final TypeMeta NONE = new TypeMeta("", "");

	/**
	 * Whether this is {@code meta/v1.Status}, with which servers report failures.
	 * @return true for a Status
	 */
	public boolean isStatus() {
		return this.kind.equals("Status") && this.apiVersion.equals("v1");
	}

	@Override
	public String toString() {
		return this.apiVersion + " " + this.kind;
	}

}
