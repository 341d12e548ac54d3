"""The screens of jobs: today, all jobs, one job in detail."""
