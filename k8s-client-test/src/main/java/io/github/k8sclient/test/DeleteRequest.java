package io.github.k8sclient.test;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The options of a deletion, which come in the body or in the query.
 *
 * @param uid the uid that the object must have, null for any
 * @param resourceVersion the resource version that the object must have, null for any
 * @param gracePeriodSeconds the grace period, null for the default of the kind
 * @param propagationPolicy what happens to dependents, null for the default of the kind
 * @param dryRun whether nothing shall be stored
 */
record DeleteRequest(@Nullable String uid, @Nullable String resourceVersion, @Nullable Long gracePeriodSeconds,
		@Nullable String propagationPolicy, boolean dryRun) {

	private static final Set<String> POLICIES = Set.of("Orphan", "Background", "Foreground");

	/**
	 * Read the options.
	 * @param parameters the parameters of the query
	 * @param body the body as JSON, empty if there is none
	 * @return the options
	 */
	static DeleteRequest parse(QueryParameters parameters, byte[] body) {
		return (body.length > 0) ? parse(body, parameters) : fromQuery(parameters);
	}

	private static DeleteRequest parse(byte[] body, QueryParameters parameters) {
		JsonNode options;
		try {
			options = ModelCodec.MAPPER.readTree(body);
		}
		catch (JacksonException ex) {
			throw Statuses.internalError("couldn't get version/kind; json parse error: " + ex.getOriginalMessage());
		}
		String kind = options.path("kind").asString("DeleteOptions");
		if (!kind.equals("DeleteOptions")) {
			throw Statuses.internalError("no kind %s is registered for version %s at this path"
				.formatted(FieldError.quote(kind), FieldError.quote(options.path("apiVersion").asString(""))));
		}
		List<String> dryRun = options.has("dryRun") ? Trees.texts(options, "dryRun") : parameters.texts("dryRun");
		JsonNode grace = options.path("gracePeriodSeconds");
		return checked(Trees.text(options.path("preconditions"), "uid"),
				Trees.text(options.path("preconditions"), "resourceVersion"), grace.isNumber() ? grace.asLong() : null,
				Trees.text(options, "propagationPolicy"),
				options.hasNonNull("orphanDependents") ? options.get("orphanDependents").asBoolean() : null, dryRun);
	}

	private static DeleteRequest fromQuery(QueryParameters parameters) {
		return checked(null, null, parameters.number("gracePeriodSeconds"), parameters.text("propagationPolicy"),
				parameters.flag("orphanDependents"), parameters.texts("dryRun"));
	}

	private static DeleteRequest checked(@Nullable String uid, @Nullable String resourceVersion, @Nullable Long grace,
			@Nullable String policy, @Nullable Boolean orphanDependents, List<String> dryRun) {
		if (policy != null && orphanDependents != null) {
			throw Statuses.invalidOptions("DeleteOptions", FieldError.invalid("propagationPolicy",
					FieldError.quote(policy), "orphanDependents and deletionPropagation cannot be both set"));
		}
		if (policy != null && !POLICIES.contains(policy)) {
			throw Statuses.invalidOptions("DeleteOptions", FieldError.notSupported("propagationPolicy",
					FieldError.quote(policy), List.of("Foreground", "Background", "Orphan", "nil")));
		}
		String effective = Boolean.TRUE.equals(orphanDependents) ? "Orphan" : policy;
		return new DeleteRequest(uid, resourceVersion, grace, effective, WriteOptions.dryRun("DeleteOptions", dryRun));
	}

	/**
	 * Check the preconditions.
	 * @param resource the resource
	 * @param object the object as it is stored
	 * @throws StatusException 409 if one does not hold
	 */
	void checkPreconditions(ServedResource resource, StoredObject object) {
		String name = object.metadata().path("name").asString("");
		if (this.uid != null && !this.uid.equals(object.uid())) {
			throw Statuses.conflict(resource, name,
					("the UID in the precondition (%s) does not match the UID in record (%s). The object might have "
							+ "been deleted and then recreated")
						.formatted(this.uid, object.uid()));
		}
		if (this.resourceVersion != null && !this.resourceVersion.equals(Long.toString(object.resourceVersion()))) {
			throw Statuses.conflict(resource, name,
					("the ResourceVersion in the precondition (%s) does not match the ResourceVersion in record (%d). "
							+ "The object might have been modified")
						.formatted(this.resourceVersion, object.resourceVersion()));
		}
	}

	/**
	 * The same for an object of a namespace that goes.
	 * @return options for a deletion at once
	 */
	static DeleteRequest atOnce() {
		return new DeleteRequest(null, null, 0L, "Background", false);
	}

}
