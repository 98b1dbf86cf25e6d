package io.github.k8sclient.meta;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.k8sclient.codec.Codec;

/**
 * All that a client must know of a resource: its names, its scope, what it can do, and
 * how its objects are read and written.
 *
 * @param <T> the type of the objects
 * @since 0.1.0
 */
public final class ResourceDescriptor<T extends KubernetesObject> {

	/**
	 * The kind of resources of which only the name is known, which is what the path of a
	 * request needs.
	 */
	public static final String ANY_KIND = "*";

	private final Class<T> type;

	private final GroupVersionKind kind;

	private final GroupVersionResource resource;

	private final boolean namespaced;

	private final boolean status;

	private final Set<String> verbs;

	private final Set<String> subresources;

	private final List<String> selectableFields;

	private final Codec<T> codec;

	private ResourceDescriptor(Builder<T> builder) {
		this.type = builder.type;
		this.kind = builder.kind;
		this.resource = builder.kind.groupVersion().resource(builder.plural);
		this.namespaced = builder.namespaced;
		this.status = builder.status;
		this.verbs = builder.verbs;
		this.subresources = builder.subresources;
		this.selectableFields = builder.selectableFields;
		this.codec = builder.codec;
	}

	/**
	 * Describe a namespaced resource.
	 * @param <T> the type of the objects
	 * @param type the class of the objects
	 * @param apiVersion the API version, such as {@code apps/v1}
	 * @param kind the kind, such as {@code Deployment}
	 * @param plural the name of the resource, such as {@code deployments}
	 * @param codec reads and writes the objects
	 * @return a builder of the description
	 */
	public static <T extends KubernetesObject> Builder<T> builder(Class<T> type, String apiVersion, String kind,
			String plural, Codec<T> codec) {
		return new Builder<>(type, GroupVersionKind.of(apiVersion, kind), plural, codec);
	}

	/**
	 * Return the class of the objects.
	 * @return the class
	 */
	public Class<T> type() {
		return this.type;
	}

	/**
	 * Return the name of the kind.
	 * @return the group, version and kind; {@link #ANY_KIND} if the kind is not known
	 */
	public GroupVersionKind kind() {
		return this.kind;
	}

	/**
	 * Return the name of the resource.
	 * @return the group, version and resource
	 */
	public GroupVersionResource resource() {
		return this.resource;
	}

	/**
	 * Whether the objects live in namespaces.
	 * @return {@code false} for cluster-scoped objects
	 */
	public boolean namespaced() {
		return this.namespaced;
	}

	/**
	 * Whether the resource has the subresource {@code status}, which is then the only way
	 * to change the status.
	 * @return {@code true} if so
	 */
	public boolean hasStatus() {
		return this.status;
	}

	/**
	 * Return the verbs that the resource understands, as discovery spells them:
	 * {@code get}, {@code list}, {@code watch}, {@code create}, {@code update},
	 * {@code patch}, {@code delete}, {@code deletecollection}.
	 * @return the verbs, immutable
	 */
	public Set<String> verbs() {
		return this.verbs;
	}

	/**
	 * Return the subresources other than {@code status} that typed clients know, such as
	 * {@code scale}.
	 * @return the names, immutable
	 */
	public Set<String> subresources() {
		return this.subresources;
	}

	/**
	 * Return the fields by which the definition of a custom resource lets its objects be
	 * selected, as field selectors name them, such as {@code spec.color}.
	 * @return the fields, immutable; empty for built-in resources, whose fields are fixed
	 */
	public List<String> selectableFields() {
		return this.selectableFields;
	}

	/**
	 * Return what reads and writes the objects.
	 * @return the codec
	 */
	public Codec<T> codec() {
		return this.codec;
	}

	/**
	 * Return the kind of lists of the objects.
	 * @return for example {@code DeploymentList}
	 */
	public String listKind() {
		return this.kind.kind() + "List";
	}

	/**
	 * Return the name of the resource, for people to read.
	 * @return for example {@code deployments.v1.apps}
	 */
	@Override
	public String toString() {
		return this.resource.toString();
	}

	/**
	 * Builder of {@link ResourceDescriptor}. Not safe for use by several threads.
	 *
	 * @param <T> the type of the objects
	 */
	public static final class Builder<T extends KubernetesObject> {

		private final Class<T> type;

		private final GroupVersionKind kind;

		private final String plural;

		private final Codec<T> codec;

		private boolean namespaced = true;

		private boolean status;

		private Set<String> verbs = Set.of();

		private Set<String> subresources = Set.of();

		private List<String> selectableFields = List.of();

		private Builder(Class<T> type, GroupVersionKind kind, String plural, Codec<T> codec) {
			this.type = type;
			this.kind = kind;
			this.plural = plural;
			this.codec = codec;
			verbs("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
		}

		/**
		 * Say that the objects live in no namespace.
		 * @return this builder
		 */
		public Builder<T> clusterScoped() {
			this.namespaced = false;
			return this;
		}

		/**
		 * Say that the resource has the subresource {@code status}.
		 * @return this builder
		 */
		public Builder<T> status() {
			this.status = true;
			return this;
		}

		/**
		 * Set the verbs, all eight without this call.
		 * @param verbs the verbs as discovery spells them
		 * @return this builder
		 */
		public Builder<T> verbs(String... verbs) {
			this.verbs = ordered(verbs);
			return this;
		}

		/**
		 * Set the subresources other than {@code status}, none without this call.
		 * @param subresources the names
		 * @return this builder
		 */
		public Builder<T> subresources(String... subresources) {
			this.subresources = ordered(subresources);
			return this;
		}

		/**
		 * Set the fields by which the definition of a custom resource lets its objects be
		 * selected, none without this call. Requests do not need them; caches do, to
		 * answer field selectors themselves.
		 * @param jsonPaths the fields as {@code spec.versions[*].selectableFields} of the
		 * definition has them, such as {@code .spec.color}
		 * @return this builder
		 * @throws IllegalArgumentException if one of them is not such a path
		 */
		public Builder<T> selectableFields(String... jsonPaths) {
			this.selectableFields = Stream.of(jsonPaths).map(Builder::field).toList();
			return this;
		}

		private static String field(String jsonPath) {
			if (!jsonPath.matches("(\\.[^.\\[\\]'\"\\\\]+)+")) {
				throw new IllegalArgumentException("'" + jsonPath + "' is not a path such as '.spec.color'");
			}
			return jsonPath.substring(1);
		}

		/**
		 * Build the description.
		 * @return a new description
		 */
		public ResourceDescriptor<T> build() {
			return new ResourceDescriptor<>(this);
		}

		private static Set<String> ordered(String... names) {
			return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
		}

	}

}
