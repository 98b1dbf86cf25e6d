package io.github.k8sclient.test;

import java.util.List;

/**
 * The options that all writes have in common.
 *
 * @param dryRun whether nothing shall be stored
 */
record WriteOptions(boolean dryRun) {

	private static final int MANAGER_LIMIT = 128;

	/**
	 * Read the options.
	 * @param kind the kind of the options, such as {@code CreateOptions}
	 * @param parameters the parameters of the query
	 * @return the options
	 * @throws StatusException 422 if one is wrong
	 */
	static WriteOptions parse(String kind, QueryParameters parameters) {
		String manager = parameters.text("fieldManager");
		if (manager != null && manager.length() > MANAGER_LIMIT) {
			throw Statuses.invalidOptions(kind,
					FieldError.tooLong("fieldManager", "must have at most %d bytes".formatted(MANAGER_LIMIT)));
		}
		return new WriteOptions(dryRun(kind, parameters.texts("dryRun")));
	}

	static boolean dryRun(String kind, List<String> values) {
		if (values.isEmpty()) {
			return false;
		}
		if (!values.stream().allMatch("All"::equals)) {
			String printed = "[]string{%s}"
				.formatted(String.join(", ", values.stream().map(FieldError::quote).toList()));
			throw Statuses.invalidOptions(kind, FieldError.notSupported("dryRun", printed, List.of("All")));
		}
		return true;
	}

}
