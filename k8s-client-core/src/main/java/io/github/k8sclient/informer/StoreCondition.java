package io.github.k8sclient.informer;

import java.util.function.Predicate;

import io.github.k8sclient.meta.KubernetesObject;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Waits until the objects of an informer fulfil a condition. It is asked of the store as
 * it is when the handler has seen all objects that are there, and after each change.
 *
 * @param <T> the type of the objects
 */
final class StoreCondition<T extends KubernetesObject> implements ResourceEventHandler<T> {

	private final Store<T> store;

	private final Predicate<? super Store<T>> condition;

	private final Sinks.One<Store<T>> fulfilled = Sinks.one();

	private StoreCondition(Store<T> store, Predicate<? super Store<T>> condition) {
		this.store = store;
		this.condition = condition;
	}

	static <T extends KubernetesObject> Mono<Store<T>> await(SharedInformer<T> informer,
			Predicate<? super Store<T>> condition) {
		return Mono.defer(() -> {
			StoreCondition<T> waiting = new StoreCondition<>(informer.store(), condition);
			return Mono.using(() -> informer.addHandler(waiting, HandlerOptions.defaults().withName("condition")),
					waiting::result, HandlerRegistration::dispose);
		});
	}

	private Mono<Store<T>> result(HandlerRegistration registration) {
		return Mono.firstWithSignal(this.fulfilled.asMono(),
				registration.whenSynced().doOnSuccess((nothing) -> check()).then(Mono.never()));
	}

	@Override
	public void onAdd(T resource, boolean initial) {
		if (!initial) {
			check();
		}
	}

	@Override
	public void onUpdate(T previous, T current) {
		check();
	}

	@Override
	public void onDelete(T resource, boolean finalStateUnknown) {
		check();
	}

	private void check() {
		try {
			if (this.condition.test(this.store)) {
				this.fulfilled.tryEmitValue(this.store);
			}
		}
		catch (Throwable ex) {
			this.fulfilled.tryEmitError(ex);
		}
	}

}
