package io.github.k8sclient.informer;

import java.util.Set;

import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.ResourceDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Which objects an informer is for. Whoever asks for the same shares the informer.
 *
 * @param resource the resource
 * @param type the class of the objects
 * @param namespaced whether the objects have namespaces
 * @param namespace the namespace, {@code null} for all
 * @param labelSelector the label selector in canonical form, {@code null} for none
 * @param fieldSelector the field selector, {@code null} for none
 * @param transform what changes the objects, {@code null} for nothing
 */
record InformerKey(GroupVersionResource resource, Class<?> type, boolean namespaced, @Nullable String namespace,
		@Nullable String labelSelector, @Nullable String fieldSelector, @Nullable Object transform) {

	static InformerKey of(ResourceDescriptor<?> resource) {
		return new InformerKey(resource.resource(), resource.type(), resource.namespaced(), null, null, null, null);
	}

	InformerKey withNamespace(@Nullable String namespace) {
		return new InformerKey(this.resource, this.type, this.namespaced, namespace, this.labelSelector,
				this.fieldSelector, this.transform);
	}

	InformerKey withLabelSelector(LabelQuery labels) {
		return new InformerKey(this.resource, this.type, this.namespaced, this.namespace,
				labels.isEmpty() ? null : labels.toString(), this.fieldSelector, this.transform);
	}

	InformerKey withFieldSelector(String selector) {
		return new InformerKey(this.resource, this.type, this.namespaced, this.namespace, this.labelSelector,
				StringUtils.hasText(selector) ? selector.strip() : null, this.transform);
	}

	InformerKey withTransform(Object transform) {
		return new InformerKey(this.resource, this.type, this.namespaced, this.namespace, this.labelSelector,
				this.fieldSelector, transform);
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
		if (this.labelSelector != null) {
			text.append(" with labels ").append(this.labelSelector);
		}
		if (this.fieldSelector != null) {
			text.append(" with fields ").append(this.fieldSelector);
		}
		if (this.transform != null) {
			text.append(", transformed");
		}
		return text.toString();
	}

	private String part() {
		if (this.type == PartialObjectMetadata.class) {
			return "metadata of ";
		}
		return ProjectedObject.class.isAssignableFrom(this.type) ? this.type.getSimpleName() + " of " : "";
	}

}
