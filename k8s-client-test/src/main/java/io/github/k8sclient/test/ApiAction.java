package io.github.k8sclient.test;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that a user may do or not.
 *
 * @param verb the verb
 * @param group the group of the resource
 * @param resource the plural
 * @param subresource the subresource, null for the object itself
 * @param namespace the namespace, null for cluster-scoped objects and for all namespaces
 * @param name the name of the object, null for the collection
 */
record ApiAction(String verb, String group, String resource, @Nullable String subresource, @Nullable String namespace,
		@Nullable String name) {

	static ApiAction of(ApiRequest request, ResourcePath path) {
		ServedResource resource = path.resource();
		return new ApiAction(path.verb(request), resource.kind().group(), resource.name(), path.subresource(),
				path.namespace(), path.name());
	}

	/**
	 * The action in one line.
	 * @return verb and resource, such as {@code patch deployments.apps/scale}
	 */
	String line() {
		return this.verb + " " + qualifiedName() + ((this.subresource != null) ? "/" + this.subresource : "");
	}

	/**
	 * A refusal for lack of rights.
	 * @param user the name of the user
	 * @return the refusal
	 */
	StatusException forbidden(String user) {
		ObjectNode details = ModelCodec.MAPPER.createObjectNode();
		if (this.name != null) {
			details.put("name", this.name);
		}
		if (!this.group.isEmpty()) {
			details.put("group", this.group);
		}
		details.put("kind", this.resource);
		String what = (this.subresource != null) ? this.resource + "/" + this.subresource : this.resource;
		return Statuses.failure(403, "Forbidden",
				"%s%s is forbidden: User %s cannot %s resource %s in API group %s %s".formatted(qualifiedName(),
						(this.name != null) ? " " + FieldError.quote(this.name) : "", FieldError.quote(user), this.verb,
						FieldError.quote(what), FieldError.quote(this.group), scope()),
				details);
	}

	private String qualifiedName() {
		return this.group.isEmpty() ? this.resource : this.resource + "." + this.group;
	}

	private String scope() {
		return (this.namespace != null) ? "in the namespace " + FieldError.quote(this.namespace)
				: "at the cluster scope";
	}

}
