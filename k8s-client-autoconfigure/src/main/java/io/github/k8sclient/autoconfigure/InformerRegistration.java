package io.github.k8sclient.autoconfigure;

import java.time.Duration;
import java.util.Objects;

import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.resource.Resources;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An informer that runs as long as the application and publishes what it sees as
 * {@link io.github.k8sclient.event application events}. Each bean of this type adds one,
 * and replaces the informer that would run by itself for a kind that a listener asks for:
 *
 * <pre class="code">
 * &#064;Bean
 * InformerRegistration&lt;Pod&gt; webPods() {
 *     return InformerRegistration.forResource(Pod.class).inNamespace("web").withLabelSelector("app=shop");
 * }
 * </pre>
 * <p>
 * Immutable; each {@code with} method returns a copy.
 *
 * @param <T> the type of the resources
 * @since 0.1.0
 */
public final class InformerRegistration<T extends KubernetesObject> {

	private final ResourceDescriptor<T> resource;

	private final @Nullable String namespace;

	private final @Nullable String labelSelector;

	private final @Nullable String fieldSelector;

	private final @Nullable Duration resync;

	private final @Nullable InitialListStrategy initialList;

	private InformerRegistration(ResourceDescriptor<T> resource, @Nullable String namespace,
			@Nullable String labelSelector, @Nullable String fieldSelector, @Nullable Duration resync,
			@Nullable InitialListStrategy initialList) {
		this.resource = resource;
		this.namespace = namespace;
		this.labelSelector = labelSelector;
		this.fieldSelector = fieldSelector;
		this.resync = resync;
		this.initialList = initialList;
	}

	/**
	 * Register an informer for a kind with a class, in all namespaces.
	 * @param type the class of a built-in kind, or one that is annotated with
	 * {@link io.github.k8sclient.meta.CustomResource}
	 * @param <T> the type of the resources
	 * @return the registration
	 * @throws IllegalArgumentException if the class is neither
	 */
	public static <T extends KubernetesObject> InformerRegistration<T> forResource(Class<T> type) {
		Assert.notNull(type, "'type' must not be null");
		return forResource(Resources.of(type));
	}

	/**
	 * Register an informer for any kind, in all namespaces.
	 * @param resource the descriptor of the kind
	 * @param <T> the type of the resources
	 * @return the registration
	 */
	public static <T extends KubernetesObject> InformerRegistration<T> forResource(ResourceDescriptor<T> resource) {
		Assert.notNull(resource, "'resource' must not be null");
		return new InformerRegistration<>(resource, null, null, null, null, null);
	}

	/**
	 * Watch one namespace only.
	 * @param namespace the namespace, {@code null} or empty for all namespaces
	 * @return the changed copy
	 */
	public InformerRegistration<T> inNamespace(@Nullable String namespace) {
		return new InformerRegistration<>(this.resource, textOrNull(namespace), this.labelSelector, this.fieldSelector,
				this.resync, this.initialList);
	}

	/**
	 * Watch the resources whose labels match only.
	 * @param labelSelector the selector, {@code null} or empty for none
	 * @return the changed copy
	 */
	public InformerRegistration<T> withLabelSelector(@Nullable String labelSelector) {
		return new InformerRegistration<>(this.resource, this.namespace, textOrNull(labelSelector), this.fieldSelector,
				this.resync, this.initialList);
	}

	/**
	 * Watch the resources with certain labels only.
	 * @param labels what is required of the labels
	 * @return the changed copy
	 */
	public InformerRegistration<T> withLabelSelector(LabelQuery labels) {
		return withLabelSelector(labels.toString());
	}

	/**
	 * Watch the resources whose fields match only.
	 * @param fieldSelector the selector, {@code null} or empty for none
	 * @return the changed copy
	 */
	public InformerRegistration<T> withFieldSelector(@Nullable String fieldSelector) {
		return new InformerRegistration<>(this.resource, this.namespace, this.labelSelector, textOrNull(fieldSelector),
				this.resync, this.initialList);
	}

	/**
	 * Watch the resources with certain fields only.
	 * @param fields what is required of the fields
	 * @return the changed copy
	 */
	public InformerRegistration<T> withFieldSelector(FieldQuery fields) {
		return withFieldSelector(fields.toString());
	}

	/**
	 * Report every known resource again as an update, at an interval.
	 * @param resync the interval, {@code null} or zero for never
	 * @return the changed copy
	 */
	public InformerRegistration<T> withResync(@Nullable Duration resync) {
		return new InformerRegistration<>(this.resource, this.namespace, this.labelSelector, this.fieldSelector,
				(resync == null || resync.isZero()) ? null : resync, this.initialList);
	}

	/**
	 * Choose how the informer learns of the resources that are there already.
	 * @param initialList the strategy, {@code null} for that of all informers
	 * @return the changed copy
	 */
	public InformerRegistration<T> withInitialList(@Nullable InitialListStrategy initialList) {
		return new InformerRegistration<>(this.resource, this.namespace, this.labelSelector, this.fieldSelector,
				this.resync, initialList);
	}

	private static @Nullable String textOrNull(@Nullable String text) {
		return (text == null || text.isBlank()) ? null : text;
	}

	/**
	 * Return which resources the informer watches.
	 * @return the descriptor of the kind
	 */
	public ResourceDescriptor<T> resource() {
		return this.resource;
	}

	/**
	 * Return the namespace to watch.
	 * @return the namespace, {@code null} for all namespaces
	 */
	public @Nullable String namespace() {
		return this.namespace;
	}

	/**
	 * Return the label selector.
	 * @return the selector or {@code null}
	 */
	public @Nullable String labelSelector() {
		return this.labelSelector;
	}

	/**
	 * Return the field selector.
	 * @return the selector or {@code null}
	 */
	public @Nullable String fieldSelector() {
		return this.fieldSelector;
	}

	/**
	 * Return the resync interval.
	 * @return the interval, {@code null} for no resync
	 */
	public @Nullable Duration resync() {
		return this.resync;
	}

	/**
	 * Return how the informer learns of the resources that are there already.
	 * @return the strategy, {@code null} for that of all informers
	 */
	public @Nullable InitialListStrategy initialList() {
		return this.initialList;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof InformerRegistration<?> other
				&& this.resource.resource().equals(other.resource.resource())
				&& this.resource.type().equals(other.resource.type()) && Objects.equals(this.namespace, other.namespace)
				&& Objects.equals(this.labelSelector, other.labelSelector)
				&& Objects.equals(this.fieldSelector, other.fieldSelector) && Objects.equals(this.resync, other.resync)
				&& this.initialList == other.initialList;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.resource.resource(), this.resource.type(), this.namespace, this.labelSelector,
				this.fieldSelector, this.resync, this.initialList);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.resource.toString());
		append(text, " in namespace ", this.namespace);
		append(text, " with label selector ", this.labelSelector);
		append(text, " with field selector ", this.fieldSelector);
		return text.toString();
	}

	private static void append(StringBuilder text, String prefix, @Nullable String value) {
		if (value != null) {
			text.append(prefix).append(value);
		}
	}

}
