package io.github.k8sclient.informer;

import java.util.ArrayList;

import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.watch.ListWatch;
import reactor.core.publisher.Mono;

import org.springframework.util.StringUtils;

/**
 * Lists all objects, in pages where that helps, by the rules of client-go.
 * <p>
 * A list from the server's cache is not paged: the server ignores the limit for version
 * 0, and would go to etcd because of it for any other version. A server that pages for
 * version 0 all the same has no cache, and is asked for pages from then on. For one
 * subscription of a reflector, not thread-safe.
 *
 * @param <T> the type of the objects
 */
final class PagedList<T extends KubernetesObject> {

	private final ListWatch<T> listWatch;

	private final int pageSize;

	private boolean serverPages;

	PagedList(ListWatch<T> listWatch, int pageSize) {
		this.listWatch = listWatch;
		this.pageSize = pageSize;
	}

	/**
	 * List all objects.
	 * @param options the selectors and the version
	 * @return one list with the objects of all pages, and the metadata of the first
	 */
	Mono<KubernetesList<T>> read(ListOptions options) {
		ListOptions first = fromCache(options) ? options : options.toBuilder().limit((long) this.pageSize).build();
		return page(first).flatMap((page) -> readOn(first, page));
	}

	private boolean fromCache(ListOptions options) {
		String version = options.resourceVersion();
		return StringUtils.hasLength(version) && !version.equals("0") && !this.serverPages;
	}

	private Mono<KubernetesList<T>> readOn(ListOptions options, KubernetesList<T> first) {
		if (!hasMore(first)) {
			return Mono.just(first);
		}
		this.serverPages |= "0".equals(options.resourceVersion());
		return Mono.just(first)
			.expand((page) -> following(options, page))
			.reduceWith(ArrayList<T>::new, this::addItems)
			.map((items) -> new KubernetesList<>(first.apiVersion(), first.kind(), first.metadata(), items))
			.onErrorResume(RequestFailure::isExpired, (ex) -> page(options.toBuilder().limit(null).build()));
	}

	private Mono<KubernetesList<T>> following(ListOptions options, KubernetesList<T> page) {
		if (!hasMore(page)) {
			return Mono.empty();
		}
		return page(options.toBuilder().resourceVersion(null).continue_(page.metadata().continue_()).build());
	}

	private Mono<KubernetesList<T>> page(ListOptions options) {
		return this.listWatch.list(options)
			.switchIfEmpty(Mono.error(() -> new InformerException("The answer to a list is missing", null)));
	}

	private boolean hasMore(KubernetesList<T> page) {
		return StringUtils.hasLength(page.metadata().continue_());
	}

	private ArrayList<T> addItems(ArrayList<T> items, KubernetesList<T> page) {
		items.addAll(page.items());
		return items;
	}

}
