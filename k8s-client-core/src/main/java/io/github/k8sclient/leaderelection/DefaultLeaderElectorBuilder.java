package io.github.k8sclient.leaderelection;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.k8sclient.informer.HandlerThreads;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * Builds a {@link DefaultLeaderElector}.
 */
final class DefaultLeaderElectorBuilder implements LeaderElector.Builder {

	private final LeaseLock lock;

	private Duration leaseDuration = Duration.ofSeconds(15);

	private Duration renewDeadline = Duration.ofSeconds(10);

	private Duration retryPeriod = Duration.ofSeconds(2);

	private boolean releaseOnCancel = true;

	private Function<? super Leadership, ? extends Publisher<?>> onStartedLeading = (leadership) -> Mono.never();

	private Runnable onStoppedLeading = () -> {
	};

	private Consumer<String> onNewLeader = (identity) -> {
	};

	private Scheduler scheduler = Schedulers.parallel();

	private Scheduler handlerScheduler = HandlerThreads.shared();

	DefaultLeaderElectorBuilder(LeaseLock lock) {
		Assert.notNull(lock, "'lock' must not be null");
		this.lock = lock;
	}

	@Override
	public LeaderElector.Builder leaseDuration(Duration leaseDuration) {
		Assert.notNull(leaseDuration, "'leaseDuration' must not be null");
		this.leaseDuration = leaseDuration;
		return this;
	}

	@Override
	public LeaderElector.Builder renewDeadline(Duration renewDeadline) {
		Assert.notNull(renewDeadline, "'renewDeadline' must not be null");
		this.renewDeadline = renewDeadline;
		return this;
	}

	@Override
	public LeaderElector.Builder retryPeriod(Duration retryPeriod) {
		Assert.notNull(retryPeriod, "'retryPeriod' must not be null");
		this.retryPeriod = retryPeriod;
		return this;
	}

	@Override
	public LeaderElector.Builder releaseOnCancel(boolean releaseOnCancel) {
		this.releaseOnCancel = releaseOnCancel;
		return this;
	}

	@Override
	public LeaderElector.Builder onStartedLeading(Function<? super Leadership, ? extends Publisher<?>> work) {
		Assert.notNull(work, "'work' must not be null");
		this.onStartedLeading = work;
		return this;
	}

	@Override
	public LeaderElector.Builder onStoppedLeading(Runnable callback) {
		Assert.notNull(callback, "'callback' must not be null");
		this.onStoppedLeading = callback;
		return this;
	}

	@Override
	public LeaderElector.Builder onNewLeader(Consumer<String> callback) {
		Assert.notNull(callback, "'callback' must not be null");
		this.onNewLeader = callback;
		return this;
	}

	@Override
	public LeaderElector.Builder scheduler(Scheduler scheduler) {
		Assert.notNull(scheduler, "'scheduler' must not be null");
		this.scheduler = scheduler;
		return this;
	}

	@Override
	public LeaderElector.Builder handlerScheduler(Scheduler handlerScheduler) {
		Assert.notNull(handlerScheduler, "'handlerScheduler' must not be null");
		this.handlerScheduler = handlerScheduler;
		return this;
	}

	@Override
	public LeaderElector build() {
		LeaseTimes times = new LeaseTimes(this.leaseDuration, this.renewDeadline, this.retryPeriod);
		LeaderCallbacks callbacks = new LeaderCallbacks(this.onStartedLeading, this.onStoppedLeading, this.onNewLeader);
		return new DefaultLeaderElector(this.lock, times, callbacks, this.releaseOnCancel, this.scheduler,
				this.handlerScheduler);
	}

}
