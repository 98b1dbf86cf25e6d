package io.github.k8sclient.test;

import java.util.List;
import java.util.Objects;

import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.InvalidSelectorException;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.LabelRequirement;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.ShardSelector;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client asks of a list, a watch or the deletion of a collection.
 *
 * @param labels the label selector
 * @param fields the field selector
 * @param shard the shard, null for all objects
 * @param resourceVersion the resource version, null if unset
 * @param match how the resource version is meant, null if unset
 * @param limit the page size, 0 for no pages
 * @param continueToken where to go on, null for the first page
 * @param timeoutSeconds after how many seconds a watch shall end, null if unset
 * @param bookmarks whether a watch shall have bookmarks
 * @param sendInitialEvents whether a watch shall begin with the present state, null if
 * unset
 */
record ListRequest(LabelQuery labels, FieldQuery fields, @Nullable ShardSelector shard,
		@Nullable String resourceVersion, @Nullable String match, long limit, @Nullable String continueToken,
		@Nullable Long timeoutSeconds, boolean bookmarks, @Nullable Boolean sendInitialEvents) {

	/**
	 * Read the options of a request.
	 * @param parameters the parameters of the query
	 * @param resource the resource
	 * @param watch whether this is a watch
	 * @return the options
	 * @throws StatusException 400, 422 or 500 as the API server answers
	 */
	static ListRequest parse(QueryParameters parameters, ServedResource resource, boolean watch) {
		Long limit = parameters.number("limit");
		ListRequest request = new ListRequest(labels(parameters.text("labelSelector")),
				fields(parameters.text("fieldSelector"), resource.selectableFields()),
				shard(parameters.text("shardSelector")), parameters.text("resourceVersion"),
				parameters.text("resourceVersionMatch"), (limit != null) ? Math.max(limit, 0) : 0,
				parameters.text("continue"), parameters.number("timeoutSeconds"),
				parameters.isOn("allowWatchBookmarks"), parameters.flag("sendInitialEvents"));
		request.check(watch);
		return request;
	}

	private static LabelQuery labels(@Nullable String selector) {
		try {
			return LabelQuery.parse(Objects.requireNonNullElse(selector, ""));
		}
		catch (InvalidSelectorException ex) {
			throw Statuses.badRequest(ex.problem());
		}
	}

	private static FieldQuery fields(@Nullable String selector, SelectableFields selectable) {
		try {
			FieldQuery fields = FieldQuery.parse(Objects.requireNonNullElse(selector, ""));
			fields.requirements().forEach((requirement) -> selectable.field(requirement.field()));
			return fields;
		}
		catch (InvalidSelectorException ex) {
			throw Statuses.badRequest(ex.problem());
		}
	}

	private static @Nullable ShardSelector shard(@Nullable String selector) {
		try {
			return (selector != null) ? ShardSelector.parse(selector) : null;
		}
		catch (InvalidSelectorException ex) {
			throw Statuses.internalError("invalid shard selector: " + ex.problem());
		}
	}

	/**
	 * The resource version as a number.
	 * @return the number, null if it is unset
	 * @throws StatusException if it is no number
	 */
	@Nullable Long revision() {
		return (this.resourceVersion != null) ? revision(this.resourceVersion) : null;
	}

	static long revision(String text) {
		if (!text.matches("\\d{1,18}")) {
			throw Statuses
				.internalError("resourceVersion: Invalid value: %s: strconv.ParseUint: parsing %s: invalid syntax"
					.formatted(FieldError.quote(text), FieldError.quote(text)));
		}
		return Long.parseLong(text);
	}

	// shards are left out of account, as by API servers of 1.36
	boolean selectsEverything() {
		return this.labels.isEmpty() && this.fields.isEmpty();
	}

	/**
	 * Whether the selectors select an object.
	 * @param resource the resource in the version of the request
	 * @param object the object
	 * @return whether they do
	 */
	boolean matches(ServedResource resource, StoredObject object) {
		// labels are the same in all versions
		return hasLabels(object.tree()) && isInShard(object)
				&& (this.fields.isEmpty() || hasFields(resource, resource.fromStorage(object.tree())));
	}

	private boolean hasLabels(ObjectNode object) {
		JsonNode present = object.path("metadata").path("labels");
		for (LabelRequirement requirement : this.labels.requirements()) {
			JsonNode value = present.get(requirement.key());
			if (!requirement.matches((value != null) ? value.asString() : null)) {
				return false;
			}
		}
		return true;
	}

	private boolean isInShard(StoredObject object) {
		return this.shard == null || this.shard.matches(
				ObjectMeta.builder().uid(object.uid()).namespace(Trees.text(object.metadata(), "namespace")).build());
	}

	private boolean hasFields(ServedResource resource, ObjectNode object) {
		SelectableFields selectable = resource.selectableFields();
		return this.fields.matches((field) -> selectable.field(field).value(object));
	}

	private void check(boolean watch) {
		if (this.sendInitialEvents != null) {
			checkInitialEvents(watch);
			return;
		}
		if (this.match == null) {
			return;
		}
		if (watch) {
			throw forbidden("resourceVersionMatch",
					"resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
		}
		if (this.resourceVersion == null) {
			throw forbidden("resourceVersionMatch",
					"resourceVersionMatch is forbidden unless resourceVersion is provided");
		}
		if (this.continueToken != null) {
			throw forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
		}
		if (!this.match.equals("Exact") && !this.match.equals("NotOlderThan")) {
			throw Statuses.invalidOptions("ListOptions", FieldError.notSupported("resourceVersionMatch",
					FieldError.quote(this.match), List.of("Exact", "NotOlderThan", "")));
		}
		if (this.match.equals("Exact") && this.resourceVersion.equals("0")) {
			throw forbidden("resourceVersionMatch",
					"resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
		}
	}

	private void checkInitialEvents(boolean watch) {
		if (!watch) {
			throw forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
		}
		if (this.match == null) {
			throw forbidden("resourceVersionMatch",
					"sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
		}
		if (!this.match.equals("NotOlderThan")) {
			throw Statuses.invalidOptions("ListOptions", FieldError.notSupported("resourceVersionMatch",
					FieldError.quote(this.match), List.of("NotOlderThan")));
		}
	}

	private static StatusException forbidden(String field, String detail) {
		return Statuses.invalidOptions("ListOptions", FieldError.forbidden(field, detail));
	}

}
