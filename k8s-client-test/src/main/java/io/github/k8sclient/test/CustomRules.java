package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the API server treats the objects of a custom resource, which its definition says.
 */
final class CustomRules implements KindRules {

	private final StructuralSchema schema;

	private final boolean hasStatus;

	private final @Nullable ScalePaths scale;

	CustomRules(StructuralSchema schema, boolean hasStatus, @Nullable ScalePaths scale) {
		this.schema = schema;
		this.hasStatus = hasStatus;
		this.scale = scale;
	}

	@Override
	public boolean returnedWhenDeleted() {
		return false;
	}

	@Override
	public boolean unconditionalUpdate() {
		return false;
	}

	@Override
	public boolean createdByUpdate() {
		return false;
	}

	@Override
	public void applyDefaults(ObjectNode object) {
		this.schema.applyDefaults(object);
	}

	@Override
	public List<String> checkName(String name) {
		return NameRules.subdomain(name);
	}

	@Override
	public List<FieldError> validate(@Nullable ObjectNode existing, ObjectNode object, boolean statusOnly) {
		List<FieldError> errors = new ArrayList<>(SchemaValidation.check(this.schema, object));
		if (this.scale != null) {
			checkReplicas(this.scale.specReplicas(), object, errors);
			checkReplicas(this.scale.statusReplicas(), object, errors);
		}
		return errors;
	}

	private static void checkReplicas(String path, ObjectNode object, List<FieldError> errors) {
		JsonNode replicas = ScalePaths.at(object, path);
		if (replicas.isNumber() && replicas.asInt(0) < 0) {
			errors.add(FieldError.invalid(path, replicas.asString(), "should be a non-negative integer"));
		}
	}

	@Override
	public void prepareCreate(ObjectNode object) {
		if (this.hasStatus) {
			object.remove("status");
		}
		Trees.object(object, "metadata").put("generation", 1);
	}

	@Override
	public void prepareUpdate(ObjectNode existing, ObjectNode object) {
		if (this.hasStatus) {
			Trees.copy(object, "status", existing);
		}
		countGeneration(existing, object);
	}

	@Override
	public void prepareStatusUpdate(ObjectNode existing, ObjectNode object) {
		JsonNode status = object.get("status");
		JsonNode managedFields = object.path("metadata").get("managedFields");
		object.removeAll();
		object.setAll(existing.deepCopy());
		object.remove("status");
		if (status != null) {
			object.set("status", status);
		}
		ObjectNode metadata = Trees.object(object, "metadata");
		metadata.remove("managedFields");
		if (managedFields != null) {
			metadata.set("managedFields", managedFields);
		}
	}

	@Override
	public void countGeneration(ObjectNode existing, ObjectNode object) {
		if (!counted(existing).equals(counted(object))) {
			KindRules.bumpGeneration(object);
		}
	}

	// without the subresource a status is a member like any other
	private ObjectNode counted(ObjectNode object) {
		Set<String> ignored = this.hasStatus ? Set.of("metadata", "status", "apiVersion")
				: Set.of("metadata", "apiVersion");
		ObjectNode counted = object.objectNode();
		object.propertyStream()
			.filter((member) -> !ignored.contains(member.getKey()))
			.forEach((member) -> counted.set(member.getKey(), member.getValue()));
		return counted;
	}

}
