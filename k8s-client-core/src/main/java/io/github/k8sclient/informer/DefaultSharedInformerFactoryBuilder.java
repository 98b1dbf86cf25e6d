package io.github.k8sclient.informer;

import java.util.function.Supplier;

import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.Interner;
import io.github.k8sclient.watch.ListWatchProvider;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * Builds a {@link DefaultSharedInformerFactory}.
 */
final class DefaultSharedInformerFactoryBuilder implements SharedInformerFactory.Builder {

	private final ListWatchProvider provider;

	private InformerOptions options = InformerOptions.defaults();

	private Scheduler scheduler = Schedulers.parallel();

	private Scheduler handlerScheduler = HandlerThreads.shared();

	private @Nullable InformerErrorHandler errorHandler;

	private Supplier<DecodingOptions> decoding = () -> DecodingOptions.defaults().withInterner(Interner.create());

	DefaultSharedInformerFactoryBuilder(ListWatchProvider provider) {
		Assert.notNull(provider, "'provider' must not be null");
		this.provider = provider;
	}

	@Override
	public SharedInformerFactory.Builder options(InformerOptions options) {
		Assert.notNull(options, "'options' must not be null");
		this.options = options;
		return this;
	}

	@Override
	public SharedInformerFactory.Builder scheduler(Scheduler scheduler) {
		Assert.notNull(scheduler, "'scheduler' must not be null");
		this.scheduler = scheduler;
		return this;
	}

	@Override
	public SharedInformerFactory.Builder handlerScheduler(Scheduler handlerScheduler) {
		Assert.notNull(handlerScheduler, "'handlerScheduler' must not be null");
		this.handlerScheduler = handlerScheduler;
		return this;
	}

	@Override
	public SharedInformerFactory.Builder errorHandler(InformerErrorHandler errorHandler) {
		Assert.notNull(errorHandler, "'errorHandler' must not be null");
		this.errorHandler = errorHandler;
		return this;
	}

	@Override
	public SharedInformerFactory.Builder decoding(Supplier<DecodingOptions> decoding) {
		Assert.notNull(decoding, "'decoding' must not be null");
		this.decoding = decoding;
		return this;
	}

	@Override
	public SharedInformerFactory build() {
		return new DefaultSharedInformerFactory(this.provider, this.options, this.scheduler, this.handlerScheduler,
				this.errorHandler, this.decoding);
	}

}
