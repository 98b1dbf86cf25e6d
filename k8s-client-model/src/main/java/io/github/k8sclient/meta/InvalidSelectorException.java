package io.github.k8sclient.meta;

/**
 * Says that a text is no selector.
 *
 * @since 0.1.0
 * @see LabelQuery#parse(String)
 * @see FieldQuery#parse(String)
 * @see ShardSelector#parse(String)
 */
public final class InvalidSelectorException extends IllegalArgumentException {

	private final String problem;

	InvalidSelectorException(String kind, String selector, String problem) {
		super("Invalid " + kind + " selector '" + selector + "': " + problem);
		this.problem = problem;
	}

	/**
	 * Return what is wrong, in the words of the API server.
	 * @return the problem, without the selector
	 */
	public String problem() {
		return this.problem;
	}

}
