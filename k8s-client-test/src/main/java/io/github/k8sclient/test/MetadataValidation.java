package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what the API server would refuse in the metadata of any object: names, labels,
 * annotations, owner references, finalizers, immutable members.
 */
final class MetadataValidation {

	private static final Set<String> STANDARD_FINALIZERS = Set.of("orphan", "foregroundDeletion", "kubernetes");

	private static final int ANNOTATIONS_LIMIT = 256 * 1024;

	private final KindRules rules;

	private final @Nullable ObjectNode existing;

	private final List<FieldError> errors = new ArrayList<>();

	private MetadataValidation(KindRules rules, @Nullable ObjectNode existing) {
		this.rules = rules;
		this.existing = existing;
	}

	/**
	 * Check the metadata of an object.
	 * @param rules what the kind says about names
	 * @param existing the object as it is stored, null if it is new
	 * @param object the object to be stored
	 * @return the complaints
	 */
	static List<FieldError> check(KindRules rules, @Nullable ObjectNode existing, ObjectNode object) {
		MetadataValidation validation = new MetadataValidation(rules, existing);
		validation.metadata(object.path("metadata"));
		return validation.errors;
	}

	private void metadata(JsonNode metadata) {
		String name = metadata.path("name").asString("");
		if (name.isEmpty()) {
			this.errors.add(FieldError.required("metadata.name", "name or generateName is required"));
		}
		else {
			this.rules.checkName(name).forEach((problem) -> invalid("metadata.name", FieldError.quote(name), problem));
		}
		metadata.path("labels").propertyStream().forEach((label) -> {
			NameRules.qualifiedName(label.getKey())
				.forEach((problem) -> invalid("metadata.labels", FieldError.quote(label.getKey()), problem));
			NameRules.labelValue(label.getValue().asString(""))
				.forEach((problem) -> invalid("metadata.labels", FieldError.quote(label.getValue().asString("")),
						problem));
		});
		annotations(metadata.path("annotations"));
		Trees.objects(metadata, "ownerReferences").forEach(this::ownerReference);
		finalizers(metadata);
		if (this.existing != null) {
			immutableMetadata(this.existing.path("metadata"), metadata);
		}
	}

	private void annotations(JsonNode annotations) {
		int size = 0;
		for (String key : annotations.propertyNames()) {
			NameRules.qualifiedName(key.toLowerCase(Locale.ROOT))
				.forEach((problem) -> invalid("metadata.annotations", FieldError.quote(key), problem));
			size += key.length() + annotations.path(key).asString("").length();
		}
		if (size > ANNOTATIONS_LIMIT) {
			this.errors.add(FieldError.tooLong("metadata.annotations",
					"must have at most %d bytes".formatted(ANNOTATIONS_LIMIT)));
		}
	}

	private void ownerReference(ObjectNode reference) {
		for (String member : List.of("apiVersion", "kind", "name", "uid")) {
			if (reference.path(member).asString("").isEmpty()) {
				String called = member.equals("apiVersion") ? "version" : member;
				invalid("metadata.ownerReferences." + member, "\"\"", called + " must not be empty");
			}
		}
	}

	private void finalizers(JsonNode metadata) {
		List<String> finalizers = Trees.texts(metadata, "finalizers");
		for (int i = 0; i < finalizers.size(); i++) {
			String finalizer = finalizers.get(i);
			String field = "metadata.finalizers[%d]".formatted(i);
			List<String> problems = NameRules.qualifiedName(finalizer);
			problems.forEach((problem) -> invalid(field, FieldError.quote(finalizer), problem));
			if (problems.isEmpty() && !finalizer.contains("/") && !STANDARD_FINALIZERS.contains(finalizer)) {
				invalid(field, FieldError.quote(finalizer),
						"name is neither a standard finalizer name nor is it fully qualified");
			}
		}
		if (this.existing != null && this.existing.path("metadata").has("deletionTimestamp")) {
			List<String> added = new ArrayList<>(finalizers);
			added.removeAll(Trees.texts(this.existing.path("metadata"), "finalizers"));
			if (!added.isEmpty()) {
				String names = String.join(", ", added.stream().map(FieldError::quote).toList());
				this.errors
					.add(FieldError.forbidden("metadata.finalizers", "no new finalizers can be added if the object "
							+ "is being deleted, found new finalizers []string{" + names + "}"));
			}
		}
	}

	private void immutableMetadata(JsonNode before, JsonNode after) {
		for (String member : List.of("name", "namespace", "uid")) {
			String value = after.path(member).asString("");
			if (!before.path(member).asString("").equals(value)) {
				invalid("metadata." + member, FieldError.quote(value), "field is immutable");
			}
		}
	}

	private void invalid(String field, String value, String detail) {
		this.errors.add(FieldError.invalid(field, value, detail));
	}

}
