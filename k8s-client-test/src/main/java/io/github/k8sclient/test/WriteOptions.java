package io.github.k8sclient.test;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;

/**
 * The options that all writes have in common.
 *
 * @param dryRun whether nothing shall be stored
 * @param manager the name of the program that writes
 * @param force whether an apply takes fields that others own
 * @param validation what becomes of unknown members
 */
record WriteOptions(boolean dryRun, String manager, boolean force, FieldValidation validation) {

	/**
	 * The options of what the server does by itself.
	 */
	static final WriteOptions INTERNAL = new WriteOptions(false, "kube-apiserver", false, FieldValidation.IGNORE);

	private static final int MANAGER_LIMIT = 128;

	/**
	 * Read the options of a request.
	 * @param kind the kind of the options, such as {@code CreateOptions}
	 * @param request the request
	 * @return the options
	 * @throws StatusException 422 if one is wrong
	 */
	static WriteOptions parse(String kind, ApiRequest request) {
		QueryParameters parameters = request.parameters();
		String manager = parameters.text("fieldManager");
		if (manager != null && manager.length() > MANAGER_LIMIT) {
			throw Statuses.invalidOptions(kind,
					FieldError.tooLong("fieldManager", "must have at most %d bytes".formatted(MANAGER_LIMIT)));
		}
		boolean apply = request.isApply();
		if (apply && manager == null) {
			throw Statuses.invalidOptions(kind, FieldError.required("fieldManager", "is required for apply patch"));
		}
		if (!apply && parameters.flag("force") != null && kind.equals("PatchOptions")) {
			throw Statuses.invalidOptions(kind,
					FieldError.forbidden("force", "may not be specified for non-apply patch"));
		}
		return new WriteOptions(dryRun(kind, parameters.texts("dryRun")),
				(manager != null) ? manager : FieldOwner.managerOf(request.header(HttpHeaderNames.USER_AGENT)),
				parameters.isOn("force"), FieldValidation.parse(kind, parameters));
	}

	static boolean dryRun(String kind, List<String> values) {
		if (values.isEmpty()) {
			return false;
		}
		if (!values.stream().allMatch("All"::equals)) {
			String printed = ModelCodec.MAPPER.writeValueAsString(values);
			throw Statuses.invalidOptions(kind, FieldError.notSupported("dryRun", printed, List.of("All")));
		}
		return true;
	}

}
