package io.github.k8sclient.informer;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.meta.ShardInfo;
import io.github.k8sclient.meta.ShardSelector;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.WatchEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps to the objects of one shard, whatever the server sends. A server that does not
 * know shards ignores the selector; of several API servers behind one address some may
 * know it; and one that does says so in lists, but in no watch. So every object is
 * checked. It is in its shard for as long as it lives: no update makes it come or go.
 *
 * @param <T> the type of the objects
 */
final class ShardedListWatch<T extends KubernetesObject> implements ListWatch<T> {

	private static final Log logger = LogFactory.getLog(SharedInformer.class);

	private final ListWatch<T> source;

	private final ShardSelector shard;

	private final String name;

	private final AtomicBoolean ignored = new AtomicBoolean();

	/**
	 * Create a list-watch.
	 * @param source gives the objects, and is asked for those of the shard
	 * @param shard the shard
	 * @param name says for whom the objects are
	 */
	ShardedListWatch(ListWatch<T> source, ShardSelector shard, String name) {
		this.source = source;
		this.shard = shard;
		this.name = name;
	}

	@Override
	public Mono<KubernetesList<T>> list(ListOptions options) {
		return this.source.list(options).map(this::ownPart);
	}

	@Override
	public Flux<WatchEvent<T>> watch(ListOptions options) {
		return this.source.watch(options).filter((event) -> isOwn(event.object()));
	}

	@Override
	public boolean canStreamLists() {
		return this.source.canStreamLists();
	}

	private KubernetesList<T> ownPart(KubernetesList<T> list) {
		ShardInfo applied = list.metadata().shardInfo();
		if (applied != null && !isOwn(applied)) {
			throw new InformerException("The server listed another shard: " + applied.selector(), null);
		}
		return new KubernetesList<>(list.apiVersion(), list.kind(), list.metadata(),
				list.items().stream().filter(this::isOwn).toList());
	}

	private boolean isOwn(ShardInfo applied) {
		String selector = applied.selector();
		return selector != null && ShardSelector.parse(selector).equals(this.shard);
	}

	private boolean isOwn(@Nullable T object) {
		boolean own = object == null || this.shard.matches(object.metadata());
		if (!own && this.ignored.compareAndSet(false, true)) {
			logger.info(
					"The server sends objects of all shards, others than those of " + this.name + " are left out here");
		}
		return own;
	}

}
