package io.github.k8sclient.informer;

import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.meta.ShardSelector;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Which objects an informer is for. Whoever asks for the same shares the informer.
 *
 * @param resource the resource
 * @param type the class of the objects
 * @param namespaced whether the objects have namespaces
 * @param namespace the namespace, {@code null} for all
 * @param selectors the selectors, and nothing else
 * @param transform what changes the objects, {@code null} for nothing
 */
record InformerKey(GroupVersionResource resource, Class<?> type, boolean namespaced, @Nullable String namespace,
		ListOptions selectors, @Nullable UnaryOperator<?> transform) {

	static InformerKey of(ResourceDescriptor<?> resource) {
		return new InformerKey(resource.resource(), resource.type(), resource.namespaced(), null,
				ListOptions.builder().build(), null);
	}

	InformerKey withNamespace(@Nullable String namespace) {
		return new InformerKey(this.resource, this.type, this.namespaced, namespace, this.selectors, this.transform);
	}

	InformerKey withLabelSelector(LabelQuery labels) {
		return with(this.selectors.toBuilder().labelSelector(labels.isEmpty() ? null : labels.toString()));
	}

	InformerKey withFieldSelector(String selector) {
		return with(this.selectors.toBuilder().fieldSelector(StringUtils.hasText(selector) ? selector.strip() : null));
	}

	InformerKey withShardSelector(ShardSelector shard) {
		return with(this.selectors.toBuilder().shardSelector(shard));
	}

	private InformerKey with(ListOptions.Builder selectors) {
		return new InformerKey(this.resource, this.type, this.namespaced, this.namespace, selectors.build(),
				this.transform);
	}

	InformerKey withTransform(UnaryOperator<?> transform) {
		return new InformerKey(this.resource, this.type, this.namespaced, this.namespace, this.selectors, transform);
	}

	/**
	 * Return the objects in words.
	 * @return such as {@code deployments.apps in namespace default with labels app=demo}
	 */
	@Override
	public String toString() {
		return describe((this.namespace != null) ? Set.of(this.namespace) : Set.of());
	}

	/**
	 * Return the objects of some namespaces in words.
	 * @param namespaces the namespaces, empty for all
	 * @return such as {@code deployments.apps in namespaces a, b}
	 */
	String describe(Set<String> namespaces) {
		StringBuilder text = new StringBuilder(part()).append(this.resource.resource());
		if (StringUtils.hasLength(this.resource.group())) {
			text.append('.').append(this.resource.group());
		}
		if (this.namespaced) {
			text.append(switch (namespaces.size()) {
				case 0 -> " in all namespaces";
				case 1 -> " in namespace ";
				default -> " in namespaces ";
			}).append(String.join(", ", namespaces));
		}
		append(text, " with labels ", this.selectors.labelSelector());
		append(text, " with fields ", this.selectors.fieldSelector());
		append(text, " in ", this.selectors.shardSelector());
		if (this.transform != null) {
			text.append(", transformed");
		}
		return text.toString();
	}

	private static void append(StringBuilder text, String meaning, @Nullable String selector) {
		if (selector != null) {
			text.append(meaning).append(selector);
		}
	}

	private String part() {
		if (this.type == PartialObjectMetadata.class) {
			return "metadata of ";
		}
		return ProjectedObject.class.isAssignableFrom(this.type) ? this.type.getSimpleName() + " of " : "";
	}

}
