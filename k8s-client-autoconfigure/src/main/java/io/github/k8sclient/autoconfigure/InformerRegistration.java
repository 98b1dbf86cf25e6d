package io.github.k8sclient.autoconfigure;

import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import io.github.k8sclient.informer.HandlerOptions;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.resource.Resources;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

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
 * Immutable; each method returns a changed copy. Two beans that are equal run one
 * informer; what changes options must be the same instance for that, or an equal one.
 *
 * @param <T> the type of the resources
 * @since 0.1.0
 */
public final class InformerRegistration<T extends KubernetesObject> {

	private final ResourceDescriptor<T> resource;

	private final Set<String> namespaces;

	private final @Nullable String labelSelector;

	private final @Nullable String fieldSelector;

	private final @Nullable UnaryOperator<InformerOptions> options;

	private final @Nullable UnaryOperator<HandlerOptions> handlerOptions;

	private InformerRegistration(ResourceDescriptor<T> resource, Set<String> namespaces, @Nullable String labelSelector,
			@Nullable String fieldSelector, @Nullable UnaryOperator<InformerOptions> options,
			@Nullable UnaryOperator<HandlerOptions> handlerOptions) {
		this.resource = resource;
		this.namespaces = namespaces;
		this.labelSelector = labelSelector;
		this.fieldSelector = fieldSelector;
		this.options = options;
		this.handlerOptions = handlerOptions;
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
		return new InformerRegistration<>(resource, Set.of(), null, null, null, null);
	}

	/**
	 * Watch one namespace only.
	 * @param namespace the namespace, {@code null} or empty for all namespaces
	 * @return the changed copy
	 */
	public InformerRegistration<T> inNamespace(@Nullable String namespace) {
		return inNamespaces(StringUtils.hasText(namespace) ? Set.of(namespace) : Set.of());
	}

	/**
	 * Watch some namespaces, as if they were one.
	 * @param namespaces the namespaces, empty for all namespaces
	 * @return the changed copy
	 * @see io.github.k8sclient.informer.InformerSpec#inNamespaces(String...)
	 */
	public InformerRegistration<T> inNamespaces(Collection<String> namespaces) {
		Assert.notNull(namespaces, "'namespaces' must not be null");
		return new InformerRegistration<>(this.resource, Collections.unmodifiableSet(new TreeSet<>(namespaces)),
				this.labelSelector, this.fieldSelector, this.options, this.handlerOptions);
	}

	/**
	 * Watch the resources whose labels match only.
	 * @param labelSelector the selector, {@code null} or empty for none
	 * @return the changed copy
	 */
	public InformerRegistration<T> withLabelSelector(@Nullable String labelSelector) {
		return new InformerRegistration<>(this.resource, this.namespaces, textOrNull(labelSelector), this.fieldSelector,
				this.options, this.handlerOptions);
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
		return new InformerRegistration<>(this.resource, this.namespaces, this.labelSelector, textOrNull(fieldSelector),
				this.options, this.handlerOptions);
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
	 * Choose how the informer works.
	 * @param options changes the options of all informers
	 * @return the changed copy
	 */
	public InformerRegistration<T> withOptions(UnaryOperator<InformerOptions> options) {
		Assert.notNull(options, "'options' must not be null");
		return new InformerRegistration<>(this.resource, this.namespaces, this.labelSelector, this.fieldSelector,
				options, this.handlerOptions);
	}

	/**
	 * Choose how the handler that publishes the events is served.
	 * @param handlerOptions changes the options that such handlers have: those of the
	 * properties {@code k8s.client.informer-defaults.*}
	 * @return the changed copy
	 */
	public InformerRegistration<T> withHandlerOptions(UnaryOperator<HandlerOptions> handlerOptions) {
		Assert.notNull(handlerOptions, "'handlerOptions' must not be null");
		return new InformerRegistration<>(this.resource, this.namespaces, this.labelSelector, this.fieldSelector,
				this.options, handlerOptions);
	}

	private static @Nullable String textOrNull(@Nullable String text) {
		return StringUtils.hasText(text) ? text : null;
	}

	/**
	 * Return which resources the informer watches.
	 * @return the descriptor of the kind
	 */
	public ResourceDescriptor<T> resource() {
		return this.resource;
	}

	/**
	 * Return the namespaces to watch.
	 * @return the namespaces in the order of names, empty for all namespaces
	 */
	public Set<String> namespaces() {
		return this.namespaces;
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
	 * Return how the informer works.
	 * @return changes the options of all informers, {@code null} if they are good as they
	 * are
	 */
	public @Nullable UnaryOperator<InformerOptions> options() {
		return this.options;
	}

	/**
	 * Return how the handler that publishes the events is served.
	 * @return changes the options of all such handlers, {@code null} if they are good as
	 * they are
	 */
	public @Nullable UnaryOperator<HandlerOptions> handlerOptions() {
		return this.handlerOptions;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof InformerRegistration<?> other
				&& this.resource.resource().equals(other.resource.resource())
				&& this.resource.type().equals(other.resource.type()) && this.namespaces.equals(other.namespaces)
				&& Objects.equals(this.labelSelector, other.labelSelector)
				&& Objects.equals(this.fieldSelector, other.fieldSelector)
				&& Objects.equals(this.options, other.options)
				&& Objects.equals(this.handlerOptions, other.handlerOptions);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.resource.resource(), this.resource.type(), this.namespaces, this.labelSelector,
				this.fieldSelector, this.options, this.handlerOptions);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.resource.toString());
		append(text, " in namespace ", textOrNull(String.join(", ", this.namespaces)));
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
