package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.github.k8sclient.meta.FieldQuery;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.LabelQuery;
import io.github.k8sclient.meta.LabelSelector;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.meta.ShardSelector;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * A specification on the way to its informer. Each method returns another one.
 *
 * @param factory makes the informer
 * @param resource the resource
 * @param key what the informer is for, without a namespace
 * @param namespaces the namespaces, empty for all
 * @param options the options, {@code null} for those of the factory
 * @param <T> the type of the objects
 */
record DefaultInformerSpec<T extends KubernetesObject>(DefaultSharedInformerFactory factory,
		ResourceDescriptor<T> resource, InformerKey key, Set<String> namespaces,
		@Nullable InformerOptions options) implements InformerSpec<T> {

	@Override
	public InformerSpec<T> inNamespace(String namespace) {
		return inNamespaces(namespace);
	}

	@Override
	public InformerSpec<T> inNamespaces(String... namespaces) {
		Assert.notEmpty(namespaces, "'namespaces' must not be empty");
		for (String namespace : namespaces) {
			Assert.hasText(namespace, "'namespace' must not be empty");
		}
		Assert.isTrue(this.resource.namespaced(), () -> this.key + " have no namespaces");
		return with(new TreeSet<>(List.of(namespaces)));
	}

	@Override
	public InformerSpec<T> inAllNamespaces() {
		return with(Set.of());
	}

	private InformerSpec<T> with(Set<String> namespaces) {
		return new DefaultInformerSpec<>(this.factory, this.resource, this.key, namespaces, this.options);
	}

	@Override
	public InformerSpec<T> withLabelSelector(String labelSelector) {
		return withLabelSelector(LabelQuery.parse(labelSelector));
	}

	@Override
	public InformerSpec<T> withLabelSelector(LabelSelector labelSelector) {
		return withLabelSelector(LabelQuery.of(labelSelector));
	}

	@Override
	public InformerSpec<T> withLabelSelector(LabelQuery labels) {
		Assert.notNull(labels, "'labels' must not be null");
		return with(this.key.withLabelSelector(labels));
	}

	@Override
	public InformerSpec<T> withFieldSelector(String fieldSelector) {
		Assert.notNull(fieldSelector, "'fieldSelector' must not be null");
		return with(this.key.withFieldSelector(fieldSelector));
	}

	@Override
	public InformerSpec<T> withFieldSelector(FieldQuery fields) {
		Assert.notNull(fields, "'fields' must not be null");
		return withFieldSelector(fields.toString());
	}

	@Override
	public InformerSpec<T> withShardSelector(ShardSelector shard) {
		Assert.notNull(shard, "'shard' must not be null");
		return with(this.key.withShardSelector(shard));
	}

	@Override
	public InformerSpec<T> withTransform(UnaryOperator<T> transform) {
		Assert.notNull(transform, "'transform' must not be null");
		return with(this.key.withTransform(transform));
	}

	private InformerSpec<T> with(InformerKey changed) {
		return new DefaultInformerSpec<>(this.factory, this.resource, changed, this.namespaces, this.options);
	}

	@Override
	public InformerSpec<T> withResync(Duration resync) {
		return withOptions((present) -> present.withResync(resync));
	}

	@Override
	public InformerSpec<T> withInitialList(InitialListStrategy initialList) {
		return withOptions((present) -> present.withInitialList(initialList));
	}

	@Override
	public InformerSpec<T> withOptions(UnaryOperator<InformerOptions> change) {
		Assert.notNull(change, "'change' must not be null");
		return withOptions(change.apply(this.factory.optionsOf(this)));
	}

	@Override
	public InformerSpec<T> withOptions(InformerOptions options) {
		Assert.notNull(options, "'options' must not be null");
		return new DefaultInformerSpec<>(this.factory, this.resource, this.key, this.namespaces, options);
	}

	@Override
	public SharedInformer<T> informer() {
		return this.factory.sharedInformer(this);
	}

	@Override
	public Mono<Store<T>> until(Predicate<? super Store<T>> condition) {
		Assert.notNull(condition, "'condition' must not be null");
		return Mono.usingWhen(Mono.fromSupplier(() -> this.factory.ownInformer(this)), (informer) -> {
			informer.start();
			return informer.until(condition);
		}, SharedInformer::stop);
	}

}
